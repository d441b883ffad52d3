/** What the site says of its items: titles, details, images and addresses of its own, and tiles drawn by itself. */

/** @typedef {import("../element.js").Item} Item */
/** @typedef {import("../element.js").ItemData} ItemData */

export class Appearance {
  #host;
  /** @type {Record<string, ItemData>} by id */
  items = {};
  /** @type {import("../element.js").TileRenderer | null} */
  renderTile = null;
  /** @type {Set<HTMLElement>} tiles of the site's own, in its own document */
  #tiles = new Set();
  #last = 0;

  /** @param {HTMLElement & { images: string | null, mode: "rate" | "pick" }} host */
  constructor(host) {
    this.#host = host;
  }

  /**
   * An item as it is shown: what the site says of it, over what the catalogue says. An image only where the site named
   * the field that holds its address, or gave the address itself: asking for it tells a server something.
   * @param {Item} item
   */
  dress(item) {
    const own = Object.hasOwn(this.items, item.id) ? this.items[item.id] : {};
    const image = own.image ?? (this.#host.images && item.fields[this.#host.images]?.[0]);
    return { ...item, ...own, id: item.id, fields: { ...item.fields, ...own.fields }, image: image || undefined };
  }

  /** An answer, a reason or a recommendation, with its items as they are shown. */
  dressed({ item, because, ...rest }) {
    const dressed = { item: this.dress(item), ...rest };
    return because === undefined ? dressed : { ...dressed, because: because && this.dressed(because) };
  }

  /**
   * The site's own tile for an item, placed in the page's document and assigned to a slot of its own, so that the
   * page's style sheets reach it; null where it has none.
   * @param {Item} item dressed
   * @returns {HTMLElement | null}
   */
  tile(item) {
    const content = this.renderTile ? this.renderTile(item, { mode: this.#host.mode }) : this.#fromTemplate(item);
    if (content === null || content === undefined) return null;
    const tile = document.createElement("div");
    tile.slot = `tile-${++this.#last}`;
    tile.append(content);
    this.#tiles.add(tile);
    this.#host.append(tile);
    return tile;
  }

  /** @param {HTMLElement} tile that is not shown any more */
  release(tile) {
    this.#tiles.delete(tile);
    tile.remove();
  }

  clear() {
    for (const tile of this.#tiles) this.release(tile);
  }

  /** The template in the slot `tile`, with the text of each `data-field` filled in. */
  #fromTemplate({ title, fields }) {
    const template = this.#host.querySelector(":scope > template[slot=tile]");
    if (!template) return null;
    const content = template.content.cloneNode(true);
    for (const part of content.querySelectorAll("[data-field]")) {
      const { field } = part.dataset;
      part.textContent = field === "title" ? title : (fields[field]?.join(", ") ?? "");
    }
    return content;
  }
}
