/** How far a visitor has come: the count in words, a step for each answer of the goal, and what is still missing. */
import { h } from "./dom.js";
import { toneOf } from "./poster.js";

/** @import { Answered } from "../types.js" */
/** @import { Context } from "./context.js" */

export class Progress {
  #context;
  #count;
  #note;
  #bar;

  /** @param {Context} context @param {HTMLElement | null} skip the button to skip the questions */
  constructor(context, skip) {
    const { t, goal } = context;
    this.#context = context;
    // A screen reader has the same from the bar.
    this.#count = h("p", { class: "count", "aria-hidden": "true" });
    this.#note = h("p", { class: "missing", part: "progress-note", "aria-hidden": "true" });
    this.#bar = h("div", { class: "bar", part: "progress", role: "progressbar", "aria-label": t("progress"), "aria-valuemin": 0, "aria-valuemax": goal });
    this.element = h("div", { class: "standing" }, h("div", { class: "line" }, this.#count, skip), this.#bar, this.#note);
  }

  /** Show one step for each answer of the goal, in the tone of its poster. @param {Answered[]} answers that count */
  show(answers) {
    const { goal } = this.#context;
    const count = answers.length;
    this.#bar.replaceChildren(...Array.from({ length: goal }, (_, step) =>
      h("span", { class: "step", "data-tone": answers[step] && toneOf(answers[step].item) })));
    this.#bar.setAttribute("aria-valuenow", String(Math.min(count, goal)));
    this.#bar.setAttribute("aria-valuetext", this.text(count));
    this.#count.textContent = this.#countText(count);
    this.#note.textContent = this.#missingText(count);
  }

  /** Return such as "2 of 5 answered. 1 more and you can go on". @param {number} count of answers that count @returns {string} */
  text(count) {
    return [this.#countText(count), this.#missingText(count)].filter(Boolean).join(". ");
  }

  /** @param {number} count */
  #countText(count) {
    const { t, goal } = this.#context;
    return t(count >= goal ? "progressDone" : "progressText", { count, goal });
  }

  /** Return how many are missing to `min`, then to the goal; empty before the first answer where none is required. @param {number} count */
  #missingText(count) {
    const { t, goal, min, skippable } = this.#context;
    if (!skippable && count < min) return t("minLeft", { count: min - count });
    if (count >= goal) return t("goalDone");
    return count > 0 ? t("goalLeft", { count: goal - count }) : "";
  }
}
