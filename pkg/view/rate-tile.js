/** A tile that rates: a poster over its answer buttons, with what was answered stamped on it. */
import { Controls, valueText } from "./controls.js";
import { h, icon } from "./dom.js";
import { dress, face } from "./poster.js";

/** @typedef {import("../element.js").Answer} Answer */
/** @typedef {import("../element.js").Item} Item */
/** @typedef {import("./view.js").Context} Context */

export class RateTile {
  #context;
  #controls;
  #said;
  #stamp;

  /** @param {Context} context @param {Item} item */
  constructor(context, item) {
    const { t, act } = context;
    this.#context = context;
    this.#controls = new Controls(context, item.id);
    this.#said = h("span", { "aria-hidden": "true" });
    this.#stamp = h("span", { class: "stamp" }, this.#said,
      h("button", { part: "undo", "aria-label": t("undo"), onclick: () => act.undo(item.id) }, icon("undo"), t("undo")));
    const { sheet, named, custom } = face(context, item, this.#stamp);
    this.custom = custom;
    this.element = h("div", { part: "tile", role: "group", tabindex: "-1", ...named, ...dress(item) },
      sheet, this.#controls.element);
  }

  /** @param {Answer | undefined} value the answer, if there is one */
  show(value) {
    this.#controls.press(value);
    this.#said.textContent = value === undefined ? "" : valueText(this.#context, value);
    // The undo button goes with its stamp.
    if (value === undefined && this.#stamp.matches(":focus-within")) this.element.focus();
    this.element.toggleAttribute("data-answered", value !== undefined);
  }
}
