/** The wall of tiles: evidence candidates to answer. A rated tile is replaced after a delay, a picked one stays. */
import { h } from "./dom.js";
import { cover } from "./motion.js";
import { PickTile } from "./pick-tile.js";
import { distinguish } from "./poster.js";
import { RateTile } from "./rate-tile.js";
import { onWallKey } from "./wall-keys.js";

/** @import { Answer, ShownItem } from "../types.js" */
/** @import { Context, Tile } from "./context.js" */

/**
 * A position on the wall.
 * @typedef {object} Slot
 * @property {HTMLElement} holder
 * @property {ShownItem} item
 * @property {Tile} tile
 * @property {string | undefined} origin id of the picked item that has unfolded this one
 * @property {Answer | undefined} value the answer that the tile shows
 * @property {ReturnType<typeof setTimeout> | undefined} timer of the tile's replacement
 */

/** Milliseconds for which a rated tile stays, with its undo, before the next one replaces it. */
const REPLACE_DELAY = 1600;

export class Wall {
  #context;
  #picking;
  /** The slot that each item was last in, to which an undo returns it. @type {Map<string, Slot>} */
  #lastSlots = new Map();
  /** @type {Slot[]} */
  #slots = [];
  /** By id, of the latest `sync`. @type {Map<string, Answer>} */
  #answers = new Map();
  /** Whether a tile has had an answer since the wall was dealt. */
  touched = false;
  /** The replacement under way. They run one after the other, so that no item is drawn twice. */
  #replacing = Promise.resolve();

  /** @param {Context} context */
  constructor(context) {
    this.#context = context;
    this.#picking = context.mode === "pick";
    this.element = h("ul", { class: "wall", part: "tiles", role: "list", tabindex: "-1", "aria-label": context.t("tiles") });
    if (this.#picking) this.element.onkeydown = (event) => onWallKey(event, this.#slots.map((slot) => slot.tile.element));
  }

  /** Show blank tiles of the final size while the model loads. @param {number} count */
  wait(count) {
    this.element.replaceChildren(...Array.from({ length: count }, () => h("li", { class: "skeleton", "aria-hidden": "true" })));
  }

  /** Put new tiles in all slots, over the old ones where there are any. @param {ShownItem[]} items */
  deal(items) {
    this.touched = false;
    this.#lastSlots.clear();
    this.#slots.splice(items.length).forEach((slot) => this.#clear(slot));
    // There are looks for sixteen tiles.
    items.forEach(({ id }, index) => distinguish(id, items.slice(Math.max(0, index - 15), index).map((other) => other.id)));
    items.forEach((item, index) => {
      if (this.#slots[index]) this.#put(this.#slots[index], item);
      else this.#slots.push(this.#newSlot(item));
    });
    this.element.replaceChildren(...this.#slots.map((slot) => slot.holder));
    this.element.scrollTo({ left: 0 });
  }

  /** Return the ids on the wall. @returns {Set<string>} */
  shown() {
    return new Set(this.#slots.map((slot) => slot.item.id));
  }

  /** Show the answers on the tiles, and replace rated ones after a delay. @param {Map<string, Answer>} answers by id */
  sync(answers) {
    this.#answers = answers;
    for (const slot of [...this.#slots]) {
      const value = answers.get(slot.item.id);
      if (value === slot.value) continue;
      this.#show(slot, value);
      if (value === undefined) this.#fold(slot.item.id);
      else if (!this.#picking) slot.timer = setTimeout(() => this.#replace(slot), REPLACE_DELAY);
    }
  }

  /** @param {string} id @returns {boolean} whether an item is on the wall and picked */
  isPicked(id) {
    return this.#slots.some(({ item, value }) => item.id === id && value === "like");
  }

  /** Put items below the row of the tile that they are like, so that no tile above or beside it moves. @param {string} id @param {ShownItem[]} items */
  unfold(id, items) {
    let index = this.#slots.findIndex(({ item }) => item.id === id);
    const top = this.#slots[index].holder.offsetTop;
    while (this.#slots[index]?.holder.offsetTop === top) index++;
    const near = this.#slots.slice(Math.max(0, index - 7), index + 6).map(({ item }) => item.id);
    const slots = items.map((item) => {
      distinguish(item.id, near);
      near.push(item.id);
      return this.#newSlot(item, id);
    });
    this.#slots[index - 1].holder.after(...slots.map(({ holder }) => holder));
    this.#slots.splice(index, 0, ...slots);
  }

  /** Remove what a pick that was taken back has unfolded, but for what has been picked of it. @param {string} id */
  #fold(id) {
    this.#slots.filter(({ origin, value }) => origin === id && value === undefined).forEach((slot) => this.#remove(slot));
  }

  /** Return an item whose answer was taken back to its last slot. @param {ShownItem} item */
  bringBack(item) {
    const slot = this.#lastSlots.get(item.id);
    if (!slot || this.shown().has(item.id)) return;
    if (!this.#slots.includes(slot)) {
      this.#slots.push(slot);
      this.element.append(slot.holder);
    }
    this.#put(slot, item);
  }

  /** Put an item on the first tile without an answer, unless it is on the wall already, and move the focus to it. @param {ShownItem} item */
  add(item) {
    const slot = this.#slots.find((own) => own.item.id === item.id) ?? this.#replaceFirst(item);
    slot.tile.element.focus();
  }

  /** Move the focus to the first tile, or to the wall where none is left. */
  focus() {
    (this.#slots[0]?.tile.element ?? this.element).focus({ preventScroll: true });
  }

  /** @param {ShownItem} item @returns {Slot} */
  #replaceFirst(item) {
    distinguish(item.id, this.shown());
    let slot = this.#slots.find(({ value }) => value === undefined) ?? this.#slots[0];
    if (slot) this.#put(slot, item);
    else {
      slot = this.#newSlot(item);
      this.#slots.push(slot);
      this.element.replaceChildren(slot.holder);
    }
    // One that has an answer was searched for to change it: it stays.
    this.#show(slot, this.#answers.get(item.id));
    return slot;
  }

  /** @param {Slot} slot @param {Answer | undefined} value */
  #show(slot, value) {
    clearTimeout(slot.timer);
    slot.value = value;
    this.touched ||= value !== undefined;
    slot.tile.show(value);
  }

  /** @param {Slot} slot */
  #replace(slot) {
    this.#replacing = this.#replacing.catch(() => {}).then(() => this.#replaceNow(slot));
  }

  /** Replace an answered tile by the next, unless the slot has changed meanwhile. @param {Slot} slot */
  async #replaceNow(slot) {
    const { tile, value } = slot;
    const unchanged = () => this.element.isConnected && this.#slots.includes(slot) && slot.tile === tile && slot.value === value;
    let item;
    do {
      if (!unchanged()) return;
      item = await this.#context.act.draw(this.shown());
    } while (item && this.shown().has(item.id));
    if (!unchanged()) return;
    if (item) {
      distinguish(item.id, this.shown());
      return this.#put(slot, item);
    }
    this.#remove(slot);
    this.#context.act.emptied();
  }

  /** Remove a slot. Its focus moves to the first tile. @param {Slot} slot */
  #remove(slot) {
    const focused = slot.tile.element.matches(":focus-within");
    this.#slots = this.#slots.filter((other) => other !== slot);
    this.#clear(slot);
    if (focused) this.focus();
  }

  /** Put a new tile over a slot's old one. A focus moves to the new tile as a whole, so that a second press answers nothing. @param {Slot} slot @param {ShownItem} item */
  #put(slot, item) {
    clearTimeout(slot.timer);
    const old = slot.tile;
    const focused = old.element.matches(":focus-within");
    const tile = this.#newTile(item);
    Object.assign(slot, { item, tile, value: undefined, origin: undefined });
    this.#lastSlots.set(item.id, slot);
    cover(slot.holder, tile.element, () => this.#release(old));
    if (focused) tile.element.focus({ preventScroll: true });
  }

  /** @param {ShownItem} item @param {string} [origin] @returns {Slot} */
  #newSlot(item, origin) {
    const tile = this.#newTile(item);
    const slot = { holder: h("li", { class: origin ? "slot unfolded" : "slot" }, tile.element), item, tile, origin, value: undefined, timer: undefined };
    this.#lastSlots.set(item.id, slot);
    return slot;
  }

  /** @param {ShownItem} item @returns {Tile} */
  #newTile(item) {
    return this.#picking ? new PickTile(this.#context, item) : new RateTile(this.#context, item);
  }

  /** @param {Slot} slot */
  #clear(slot) {
    clearTimeout(slot.timer);
    slot.holder.remove();
    this.#release(slot.tile);
  }

  /** Release a tile that the site drew. @param {Tile} tile */
  #release({ siteTile }) {
    if (siteTile) this.#context.act.release(siteTile);
  }
}
