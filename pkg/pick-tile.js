/** A tile that picks: the whole poster is one toggle button. A tap picks the item, another takes it back. */
import { h, icon } from "./dom.js";
import { caption, dress, poster } from "./poster.js";

/** @typedef {import("./element.js").Answer} Answer */
/** @typedef {import("./element.js").Item} Item */
/** @typedef {import("./view.js").Context} Context */

export class PickTile {
  /** @param {Context} context @param {Item} item */
  constructor({ act, fields }, item) {
    const { words, named } = caption(item, fields);
    this.element = h("button", {
      type: "button",
      class: "tile pick",
      part: "tile",
      "aria-pressed": "false",
      ...named,
      ...dress(item),
      onclick: () => act.answer(item.id, "like"),
    }, poster(item, words, h("span", { class: "check", part: "check" }, icon("check"))));
  }

  /** @param {Answer | undefined} value the answer, if there is one; any but a like is no pick */
  show(value) {
    const picked = value === "like";
    this.element.setAttribute("aria-pressed", String(picked));
    this.element.part.toggle("picked", picked);
  }
}
