/** The wall of tiles: evidence candidates to answer, each replaced a moment after its answer. */
import { Controls, valueText } from "./controls.js";
import { h, icon, quoted } from "./dom.js";
import { paste } from "./motion.js";
import { details, dress, poster, titleSize } from "./poster.js";

/** @typedef {import("./element.js").Answer} Answer */
/** @typedef {import("./element.js").Item} Item */
/** @typedef {import("./view.js").Context} Context */
/** @typedef {{ holder: HTMLElement, item: Item, tile: HTMLElement, controls: Controls, stamp: HTMLElement, value: Answer | undefined, timer: number }} Slot */

/** Milliseconds for which an answered tile stays, with its undo, before the next one covers it. */
const MOMENT = 1600;

export class Wall {
  /** @param {Context} context */
  constructor(context) {
    this.context = context;
    this.element = h("ul", { class: "wall", part: "tiles", tabindex: "-1", "aria-label": context.t("tiles") });
    /** @type {Slot[]} */
    this.slots = [];
    /** @type {Map<string, Slot>} where each item was last seen, so that an undo brings it back there */
    this.places = new Map();
  }

  /** Blank tiles of the final size while the model loads. @param {number} count */
  wait(count) {
    this.element.replaceChildren(...Array.from({ length: count }, () => h("li", { class: "skeleton", "aria-hidden": "true" })));
  }

  /** Lays new tiles everywhere, over the old ones where there are any. @param {Item[]} items */
  deal(items) {
    this.places.clear();
    for (const slot of this.slots.splice(items.length)) clearTimeout(slot.timer);
    items.forEach((item, index) => {
      this.slots[index] ??= /** @type {Slot} */ ({ holder: h("li", { class: "slot" }), timer: 0 });
      this.#lay(this.slots[index], item);
    });
    this.element.replaceChildren(...this.slots.map((slot) => slot.holder));
    this.element.scrollTo({ left: 0 });
  }

  /** @returns {Set<string>} ids on the wall */
  shown() {
    return new Set(this.slots.map((slot) => slot.item.id));
  }

  /** Shows the answers on the tiles; an answered tile is covered a moment later. @param {Map<string, Answer>} answers */
  sync(answers) {
    for (const slot of this.slots) {
      const value = answers.get(slot.item.id);
      if (value === slot.value) continue;
      slot.value = value;
      slot.controls.press(value);
      slot.stamp.firstElementChild.textContent = value === undefined ? "" : valueText(this.context, value);
      clearTimeout(slot.timer);
      if (value === undefined && slot.stamp.matches(":focus-within")) slot.tile.focus();
      if (value !== undefined) slot.timer = setTimeout(() => this.#next(slot), MOMENT);
      slot.tile.toggleAttribute("data-answered", value !== undefined);
    }
  }

  /** Puts an item whose answer was taken back where it used to be. @param {Item} item */
  bringBack(item) {
    const slot = this.places.get(item.id);
    if (!slot || this.shown().has(item.id)) return;
    if (!this.slots.includes(slot)) {
      this.slots.push(slot);
      this.element.append(slot.holder);
    }
    this.#lay(slot, item);
  }

  /** Moves the focus to the first tile, or to the wall where none is left. */
  focus() {
    (this.slots[0]?.tile ?? this.element).focus({ preventScroll: true });
  }

  #next(slot) {
    const item = this.context.act.draw(this.shown());
    if (item) return this.#lay(slot, item);
    const focused = slot.tile.matches(":focus-within");
    this.slots = this.slots.filter((other) => other !== slot);
    slot.holder.remove();
    if (focused) this.focus();
  }

  /** The focus follows to the new tile as a whole, so that a second press cannot answer it by accident. */
  #lay(slot, item) {
    clearTimeout(slot.timer);
    const focused = slot.tile?.matches(":focus-within");
    Object.assign(slot, { item, value: undefined, ...this.#tile(item) });
    this.places.set(item.id, slot);
    paste(slot.holder, slot.tile);
    if (focused) slot.tile.focus({ preventScroll: true });
  }

  #tile(item) {
    const { t, act, fields } = this.context;
    const controls = new Controls(this.context, item.id);
    const stamp = h("div", { class: "stamp" },
      h("span", { "aria-hidden": "true" }),
      h("button", { type: "button", class: "undo", part: "undo", "aria-label": t("undo"), onclick: () => act.undo(item.id) }, icon("undo"), t("undo")));
    const title = h("p", { class: "title", part: "tile-title", "data-size": titleSize(item.title), id: `tile-${encodeURIComponent(item.id)}` }, quoted(item.title));
    // Described as well as named: a remake has the title of what it was made from.
    const about = h("p", { class: "details", part: "tile-details", id: `${title.id}-details` }, quoted(details(item, fields)));
    const tile = h("div", { class: "tile", part: "tile", role: "group", tabindex: "-1", "aria-labelledby": title.id, "aria-describedby": about.id, ...dress(item) },
      poster(item, h("div", { class: "words" }, title, about), stamp),
      controls.element);
    return { tile, controls, stamp };
  }
}
