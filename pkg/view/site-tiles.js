/** Tiles that the site draws itself, by `renderTile` or by a template. They stand in the page's own document. */

/** @import { ShownItem, TileRenderer } from "../types.js" */

export class SiteTiles {
  #host;
  /** @type {TileRenderer | null} */
  render = null;
  /** @type {Set<HTMLElement>} tiles in the page's document */
  #tiles = new Set();
  #lastSlot = 0;

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
    const content = this.render ? this.render(item, { mode }) : this.#fromTemplate(item);
    if (content === null || content === undefined) return null;
    const tile = document.createElement("div");
    tile.slot = `tile-${++this.#lastSlot}`;
    tile.append(content);
    this.#tiles.add(tile);
    this.#host.append(tile);
    return tile;
  }

  /** Remove a tile that is not shown any more. @param {HTMLElement} tile */
  release(tile) {
    this.#tiles.delete(tile);
    tile.remove();
  }

  /** Remove all tiles. */
  clear() {
    for (const tile of this.#tiles) this.release(tile);
  }

  /** Copy the template in the slot `tile`, and fill in the text of each `data-field`. @param {ShownItem} item */
  #fromTemplate({ title, fields }) {
    /** @type {HTMLTemplateElement | null} */
    const template = this.#host.querySelector(":scope > template[slot=tile]");
    if (!template) return null;
    const content = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
    for (const part of content.querySelectorAll("[data-field]")) {
      const field = part.getAttribute("data-field") ?? "";
      part.textContent = field === "title" ? title : (fields[field]?.join(", ") ?? "");
    }
    return content;
  }
}
