/** A tile that rates: a poster over its answer buttons, with the answer stamped on it. */
import { valueText } from "./answers.js";
import { Controls } from "./controls.js";
import { h, icon } from "./dom.js";
import { colours, face } from "./poster.js";

/** @import { Answer, ShownItem } from "../types.js" */
/** @import { Context, Tile } from "./context.js" */

/** @implements {Tile} */
export class RateTile {
  #context;
  #controls;
  #value;
  #stamp;

  /** @param {Context} context @param {ShownItem} item */
  constructor(context, item) {
    const { t, act } = context;
    this.#context = context;
    this.#controls = new Controls(context, item.id);
    this.#value = h("span", { "aria-hidden": "true" });
    this.#stamp = h("span", { class: "stamp" }, this.#value,
      h("button", { part: "undo", "aria-label": t("undo"), onclick: () => act.undo(item.id) }, icon("undo"), t("undo")));
    const { sheet, naming, siteTile } = face(context, item, this.#stamp);
    this.siteTile = siteTile;
    this.element = h("div", { part: "tile", role: "group", tabindex: "-1", ...naming, ...colours(item) },
      sheet, this.#controls.element);
  }

  /** @param {Answer | undefined} value */
  show(value) {
    this.#controls.press(value);
    this.#value.textContent = value === undefined ? "" : valueText(this.#context, value);
    // The undo button is hidden with its stamp: keep the focus on the tile.
    if (value === undefined && this.#stamp.matches(":focus-within")) this.element.focus();
    this.element.toggleAttribute("data-answered", value !== undefined);
  }
}
