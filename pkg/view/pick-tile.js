/** A tile that picks: the whole poster is one toggle button. A tap picks the item, another takes it back. */
import { h, icon } from "./dom.js";
import { dress, face } from "./poster.js";

/** @typedef {import("../element.js").Answer} Answer */
/** @typedef {import("../element.js").Item} Item */
/** @typedef {import("./view.js").Context} Context */

export class PickTile {
  /** @param {Context} context @param {Item} item */
  constructor(context, item) {
    const { sheet, named, custom } = face(context, item, h("span", { part: "check" }, icon("check")));
    this.custom = custom;
    this.element = h("button", {
      class: "pick",
      part: "tile",
      "aria-pressed": "false",
      // All that is seen on the button: who speaks to it may say any of it.
      "aria-labelledby": Object.values(named).join(" "),
      ...dress(item),
      onclick: () => context.act.answer(item.id, "like"),
    }, sheet);
  }

  /** @param {Answer | undefined} value the answer, if there is one; any but a like is no pick */
  show(value) {
    const picked = value === "like";
    this.element.setAttribute("aria-pressed", String(picked));
    this.element.part.toggle("picked", picked);
  }
}
