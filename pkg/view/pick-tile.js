/** A tile that picks: the whole poster is one toggle button. A tap picks the item, another takes the pick back. */
import { h, icon } from "./dom.js";
import { colours, face } from "./poster.js";

/** @import { Answer, ShownItem } from "../types.js" */
/** @import { Context, Tile } from "./context.js" */

/** @implements {Tile} */
export class PickTile {
  /** @param {Context} context @param {ShownItem} item */
  constructor(context, item) {
    const { sheet, naming, siteTile } = face(context, item, h("span", { part: "check" }, icon("check")));
    this.siteTile = siteTile;
    this.element = h("button", {
      class: "pick",
      part: "tile",
      "aria-pressed": "false",
      // Named by all the words on it, so that speech control finds it by any of them.
      "aria-labelledby": Object.values(naming).join(" "),
      ...colours(item),
      onclick: () => context.act.answer(item.id, "like"),
    }, sheet);
  }

  /** @param {Answer | undefined} value any but a like is no pick */
  show(value) {
    const picked = value === "like";
    this.element.setAttribute("aria-pressed", String(picked));
    this.element.part.toggle("picked", picked);
  }
}
