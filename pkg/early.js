/** What a visitor says before the model is there: shown at once, and done as soon as it can be. */

/** @typedef {import("./element.js").Answer} Answer */
/** @typedef {import("./element.js").Answered} Answered */
/** @typedef {import("./element.js").ShownItem} ShownItem */

export class Early {
  /** @type {[method: "answer" | "undo", id: string, value?: Answer][]} calls of the model, in order */
  steps = [];
  /** @type {Map<string, Answered>} */
  #answers = new Map();

  /** What there is to show: as of the model, which has recommended nothing yet. */
  get shown() {
    return { answers: [...this.#answers.values()], recommendations: [], adaptation: null };
  }

  /** @param {ShownItem} item @param {Answer} [value] none takes the answer back */
  note(item, value) {
    if (value === undefined) {
      this.#answers.delete(item.id);
      this.steps.push(["undo", item.id]);
    } else {
      this.#answers.set(item.id, { item, value });
      this.steps.push(["answer", item.id, value]);
    }
  }
}
