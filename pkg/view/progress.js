/** How far a visitor has come: the count in words, a step for each answer of the goal, and what is still missing. */
import { h } from "./dom.js";
import { toneOf } from "./poster.js";

/** @typedef {import("../element.js").Answered} Answered */
/** @typedef {import("./view.js").Context} Context */

export class Progress {
  #context;
  #count;
  #note;
  #bar;

  /** @param {Context} context @param {HTMLElement | null} skip the button to go on without */
  constructor(context, skip) {
    const { t, goal } = context;
    this.#context = context;
    // The bar says the same to a screen reader.
    this.#count = h("p", { class: "count", "aria-hidden": "true" });
    this.#note = h("p", { class: "missing", part: "progress-note", "aria-hidden": "true" });
    this.#bar = h("div", { class: "bar", part: "progress", role: "progressbar", "aria-label": t("progress"), "aria-valuemin": 0, "aria-valuemax": goal });
    this.element = h("div", { class: "standing" }, h("div", { class: "line" }, this.#count, skip), this.#bar, this.#note);
  }

  /** One step for each answer of the goal, in the tone of its poster. @param {Answered[]} given answers that count */
  show(given) {
    const { goal } = this.#context;
    const count = given.length;
    this.#bar.replaceChildren(...Array.from({ length: goal }, (_, step) =>
      h("span", { class: "step", "data-tone": given[step] && toneOf(given[step].item) })));
    this.#bar.setAttribute("aria-valuenow", String(Math.min(count, goal)));
    this.#bar.setAttribute("aria-valuetext", this.text(count));
    this.#count.textContent = this.#counted(count);
    this.#note.textContent = this.#missing(count);
  }

  /** @param {number} count answers that count @returns {string} such as "2 of 5 answered. 1 more and you can go on" */
  text(count) {
    return [this.#counted(count), this.#missing(count)].filter(Boolean).join(". ");
  }

  #counted(count) {
    const { t, goal } = this.#context;
    return t(count >= goal ? "progressDone" : "progressText", { count, goal });
  }

  /** Up to the least number, how many it takes to go on; then that one may go on, and how many are left to the goal. */
  #missing(count) {
    const { t, goal, min, skippable } = this.#context;
    if (!skippable && count < min) return t("minLeft", { count: min - count });
    if (count >= goal) return t("goalDone");
    return count > 0 ? t("goalLeft", { count: goal - count }) : "";
  }
}
