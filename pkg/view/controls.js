/** The buttons that answer one item: like, dislike and haven't seen, or one to five stars. */
import { STARS } from "./answers.js";
import { h, icon } from "./dom.js";

/** @import { Answer } from "../types.js" */
/** @import { Context } from "./context.js" */

/** Convert stars (1 to 5) to a rating, in single precision as the model returns it. @param {number} stars @param {Context["scale"]} scale */
const ratingOf = (stars, { min, max }) => Math.fround(min + ((stars - 1) / (STARS - 1)) * (max - min));

/** Answer buttons. Which one is pressed follows the model; pressing a pressed one takes the answer back. */
export class Controls {
  /** @type {Map<Answer, HTMLElement>} */
  #buttons = new Map();

  /** @param {Context} context @param {string} id of the item */
  constructor(context, id) {
    const { t, act, rating, scale } = context;
    /** @param {Answer} value @param {string} kind @param {string} label @param {string | Node} content */
    const button = (value, kind, label, content) => {
      const element = h("button", {
        part: `answer ${kind}`,
        "aria-pressed": "false",
        "aria-label": label,
        title: label,
        onclick: () => act.answer(id, value),
      }, content);
      this.#buttons.set(value, element);
      return element;
    };
    const unknown = () => button("unknown", "unknown", t("unknown"), t("unknown"));
    this.element = rating === "stars"
      ? h("div", { part: "controls" },
        h("div", { class: "stars" }, ...Array.from({ length: STARS }, (_, index) =>
          button(ratingOf(index + 1, scale), "star", t("stars", { count: index + 1 }), icon("star")))),
        unknown())
      : h("div", { part: "controls" },
        button("like", "like", t("like"), icon("like")),
        button("dislike", "dislike", t("dislike"), icon("dislike")),
        unknown());
  }

  /** Press the button of an answer, and light the stars up to it. @param {Answer | undefined} value undefined presses none */
  press(value) {
    for (const [own, button] of this.#buttons) {
      button.setAttribute("aria-pressed", String(own === value));
      button.toggleAttribute("data-lit", typeof value === "number" && typeof own === "number" && own <= value);
    }
  }
}
