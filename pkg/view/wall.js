/** The wall of tiles: evidence candidates to answer. A rated one is replaced a moment later; a picked one stays. */
import { h } from "./dom.js";
import { paste } from "./motion.js";
import { PickTile } from "./pick-tile.js";
import { RateTile } from "./rate-tile.js";
import { onWallKey } from "./wall-keys.js";

/** @typedef {import("../element.js").Answer} Answer */
/** @typedef {import("../element.js").Item} Item */
/** @typedef {import("./view.js").Context} Context */
/** @typedef {{ holder: HTMLElement, item: Item, tile: RateTile | PickTile, value: Answer | undefined, timer: number }} Slot */

/** Milliseconds for which a rated tile stays, with its undo, before the next one covers it. */
const MOMENT = 1600;

export class Wall {
  #context;
  #picking;
  /** Where each item was last seen, so that an undo brings it back there. @type {Map<string, Slot>} */
  #places = new Map();
  /** @type {Slot[]} */
  #slots = [];
  /** The answers of the latest `sync`. @type {Map<string, Answer>} */
  #answers = new Map();
  /** Tiles are drawn one after the other, so that none is drawn twice. */
  #drawing = Promise.resolve();

  /** @param {Context} context */
  constructor(context) {
    this.#context = context;
    this.#picking = context.mode === "pick";
    this.element = h("ul", { class: "wall", part: "tiles", role: "list", tabindex: "-1", "aria-label": context.t("tiles") });
    if (this.#picking) this.element.onkeydown = (event) => onWallKey(event, this.#slots.map((slot) => slot.tile.element));
  }

  /** Blank tiles of the final size while the model loads. @param {number} count */
  wait(count) {
    this.element.replaceChildren(...Array.from({ length: count }, () => h("li", { class: "skeleton", "aria-hidden": "true" })));
  }

  /** Lays new tiles everywhere, over the old ones where there are any. @param {Item[]} items */
  deal(items) {
    this.#places.clear();
    this.#slots.splice(items.length).forEach((slot) => this.#clear(slot));
    items.forEach((item, index) => {
      this.#slots[index] ??= newSlot();
      this.#lay(this.#slots[index], item);
    });
    this.element.replaceChildren(...this.#slots.map((slot) => slot.holder));
    this.element.scrollTo({ left: 0 });
  }

  /** @returns {Set<string>} ids on the wall */
  shown() {
    return new Set(this.#slots.map((slot) => slot.item.id));
  }

  /** Shows the answers on the tiles. @param {Map<string, Answer>} answers */
  sync(answers) {
    this.#answers = answers;
    for (const slot of this.#slots) {
      const value = answers.get(slot.item.id);
      if (value === slot.value) continue;
      this.#show(slot, value);
      if (value !== undefined && !this.#picking) slot.timer = setTimeout(() => this.#draw(slot), MOMENT);
    }
  }

  /** Puts an item whose answer was taken back where it used to be. @param {Item} item */
  bringBack(item) {
    const slot = this.#places.get(item.id);
    if (!slot || this.shown().has(item.id)) return;
    if (!this.#slots.includes(slot)) {
      this.#slots.push(slot);
      this.element.append(slot.holder);
    }
    this.#lay(slot, item);
  }

  /** Lays an item on the first tile that has no answer, unless it is on the wall, and moves the focus to it. @param {Item} item */
  put(item) {
    const slot = this.#slots.find((own) => own.item.id === item.id) ?? this.#cover(item);
    slot.tile.element.focus();
  }

  /** Moves the focus to the first tile, or to the wall where none is left. */
  focus() {
    (this.#slots[0]?.tile.element ?? this.element).focus({ preventScroll: true });
  }

  #cover(item) {
    const slot = this.#slots.find(({ value }) => value === undefined) ?? this.#slots[0] ?? newSlot();
    if (!this.#slots.includes(slot)) {
      this.#slots.push(slot);
      this.element.replaceChildren(slot.holder);
    }
    this.#lay(slot, item);
    // One that has an answer was looked up to change it: it stays.
    this.#show(slot, this.#answers.get(item.id));
    return slot;
  }

  #show(slot, value) {
    clearTimeout(slot.timer);
    slot.value = value;
    slot.tile.show(value);
  }

  #draw(slot) {
    this.#drawing = this.#drawing.catch(() => {}).then(() => this.#next(slot));
  }

  /** Covers an answered tile with the next, unless something else has happened to it meanwhile. */
  async #next(slot) {
    const { tile, value } = slot;
    const current = () => this.element.isConnected && this.#slots.includes(slot) && slot.tile === tile && slot.value === value;
    let item;
    do {
      if (!current()) return;
      item = await this.#context.act.draw(this.shown());
    } while (item && this.shown().has(item.id));
    if (!current()) return;
    if (item) return this.#lay(slot, item);
    const focused = tile.element.matches(":focus-within");
    this.#slots = this.#slots.filter((other) => other !== slot);
    this.#clear(slot);
    if (focused) this.focus();
  }

  /** The focus follows to the new tile as a whole, so that a second press cannot answer it by accident. */
  #lay(slot, item) {
    clearTimeout(slot.timer);
    const old = slot.tile;
    const focused = old?.element.matches(":focus-within");
    const tile = this.#picking ? new PickTile(this.#context, item) : new RateTile(this.#context, item);
    Object.assign(slot, { item, tile, value: undefined });
    this.#places.set(item.id, slot);
    paste(slot.holder, tile.element, () => this.#release(old));
    if (focused) tile.element.focus({ preventScroll: true });
  }

  #clear(slot) {
    clearTimeout(slot.timer);
    slot.holder.remove();
    this.#release(slot.tile);
  }

  /** A tile that the site drew is given back to it. */
  #release(tile) {
    if (tile?.custom) this.#context.act.release(tile.custom);
  }
}

/** @returns {Slot} */
function newSlot() {
  return /** @type {Slot} */ ({ holder: h("li", { class: "slot" }), timer: 0 });
}
