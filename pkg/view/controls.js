/** The buttons that answer one item: like, dislike and haven't seen, or one to five stars. */
import { h, icon } from "./dom.js";

/** @typedef {import("../element.js").Answer} Answer */
/** @typedef {import("./view.js").Context} Context */

const STARS = 5;

/** In single precision, as the model gives it back. @param {number} star 1 to 5 @param {{min: number, max: number}} scale */
const ratingOf = (star, { min, max }) => Math.fround(min + ((star - 1) / (STARS - 1)) * (max - min));

/** @param {number} rating @returns {number} stars, to a tenth */
const starsOf = (rating, { min, max }) => Math.round((((rating - min) / (max - min)) * (STARS - 1) + 1) * 10) / 10;

/** Answer buttons whose pressed state follows the model; pressing a pressed one takes the answer back. */
export class Controls {
  /** @type {Map<Answer, HTMLElement>} */
  #buttons = new Map();

  /** @param {Context} context @param {string} id of the item */
  constructor(context, id) {
    const { t, act, rating, scale } = context;
    const button = (value, kind, label, content) => {
      const made = h("button", {
        part: `answer ${kind}`,
        "aria-pressed": "false",
        "aria-label": label,
        title: label,
        onclick: () => act.answer(id, value),
      }, content);
      this.#buttons.set(value, made);
      return made;
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

  /** @param {Answer | undefined} value */
  press(value) {
    for (const [own, button] of this.#buttons) {
      button.setAttribute("aria-pressed", String(own === value));
      button.toggleAttribute("data-lit", typeof value === "number" && typeof own === "number" && own <= value);
    }
  }
}

/**
 * The answers that say something: "haven't seen" is no rating, and only a like is a pick.
 * @template {{ value: Answer }} A
 * @param {Context} context
 * @param {A[]} answers
 * @returns {A[]}
 */
export function counted({ mode }, answers) {
  return answers.filter(({ value }) => (mode === "pick" ? value === "like" : value !== "unknown"));
}

/** @param {Context} context @param {Answer} value @returns {string} such as "Liked" or "4 stars" */
export function valueText({ t, scale }, value) {
  if (typeof value === "number") return t("stars", { count: starsOf(value, scale) });
  return t({ like: "liked", dislike: "disliked", unknown: "unseen" }[value]);
}

/** @param {Context} context @param {string} title @param {Answer} value @returns {string} for the status line */
export function saidText({ t, scale }, title, value) {
  if (typeof value === "number") return t("saidStars", { title, count: starsOf(value, scale) });
  return t({ like: "saidLike", dislike: "saidDislike", unknown: "saidUnknown" }[value], { title });
}

/** @param {Context} context @param {import("../element.js").Reason} because */
export function becauseText({ t, scale }, { item: { title }, value }) {
  return typeof value === "number"
    ? t("becauseRated", { title, count: starsOf(value, scale) })
    : t("becauseLiked", { title });
}
