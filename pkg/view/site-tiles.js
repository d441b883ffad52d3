/** Tiles that the site draws itself, by `renderTile` or by a template. They stand in the page's own document. */

/** @import { ShownItem, TileRenderer } from "../types.js" */

export class SiteTiles {
  #host;
  /** @type {TileRenderer | null} */
  render = null;
  /** The slots of the tiles in the page's document. @type {Map<HTMLElement, string>} */
  #tiles = new Map();
  #lastSlot = 0;
  /** The template that tiles were drawn from. @type {HTMLTemplateElement | null} */
  #template = null;

  /** @param {HTMLElement} host the element that the tiles are slotted into */
  constructor(host) {
    this.#host = host;
  }

  /**
   * Draw the site's own tile for an item. It is appended to the host and assigned to a slot of its own, so that the page's
   * style sheets reach it.
   * @param {ShownItem} item
   * @param {"rate" | "pick"} mode
   * @returns {HTMLElement | null} null where the site draws none
   */
  draw(item, mode) {
    let content;
    try {
      content = this.render ? this.render(item, { mode }) : this.#fromTemplate(item);
    } catch (error) {
      console.error("<few-clicks>: renderTile:", error);
    }
    if (content === null || content === undefined) return null;
    const tile = document.createElement("div");
    tile.slot = `tile-${++this.#lastSlot}`;
    tile.append(content);
    this.#tiles.set(tile, tile.slot);
    this.#host.append(tile);
    return tile;
  }

  /** Remove a tile that is not shown any more. @param {HTMLElement} tile */
  release(tile) {
    this.#tiles.delete(tile);
    tile.remove();
  }

  /**
   * Mend what the page has done to the children of the host: a script that makes the page like another document removes tiles, and a
   * copy of the host comes with tiles of the original.
   * @returns {boolean} whether tiles are to be drawn from another template
   */
  mend() {
    for (const child of this.#host.querySelectorAll(":scope > [slot^=tile-]")) {
      if (!this.#tiles.has(/** @type {HTMLElement} */ (child))) child.remove();
    }
    for (const [tile, slot] of this.#tiles) {
      if (tile.slot !== slot) tile.slot = slot;
      if (tile.parentNode !== this.#host) this.#host.append(tile);
    }
    return !this.render && this.#findTemplate() !== this.#template;
  }

  /** Remove all tiles. */
  clear() {
    for (const tile of this.#tiles.keys()) this.release(tile);
    this.#template = this.#findTemplate();
  }

  /** @returns {HTMLTemplateElement | null} */
  #findTemplate() {
    return this.#host.querySelector(":scope > template[slot=tile]");
  }

  /** Copy the template in the slot `tile`, and fill in the text of each `data-field`. @param {ShownItem} item */
  #fromTemplate({ title, fields }) {
    if (!this.#template) return null;
    const content = /** @type {DocumentFragment} */ (this.#template.content.cloneNode(true));
    for (const part of content.querySelectorAll("[data-field]")) {
      const field = part.getAttribute("data-field") ?? "";
      part.textContent = field === "title" ? title : (fields[field]?.join(", ") ?? "");
    }
    return content;
  }
}
