/**
 * One visitor's session with the model, in the page or in a worker. What its methods take and give can be cloned
 * from the one to the other.
 */
import { Deck } from "./deck.js";

/** @typedef {import("../element.js").Item} Item */

/**
 * What there is to show after a change.
 * @typedef {object} Snapshot
 * @property {unknown} result of the model's method
 * @property {import("../element.js").Answered[]} answers oldest first
 * @property {import("../element.js").Recommendation[]} recommendations best first
 * @property {import("../element.js").Adaptation} adaptation
 * @property {import("../element.js").SavedState} state what `restore` takes
 */

/** More evidence candidates than a bundle has. */
const MOST_KNOWN = 1000;

export class Session {
  #model;
  #deck;

  /** @param {import("../fewclicks.js").FewClicks} model owned by this session from now on */
  constructor(model) {
    this.#model = model;
    this.#deck = new Deck(model);
  }

  info() { return this.#model.info; }

  /**
   * Calls one of the model's methods that change something, and says what there is to show now.
   * @param {number} count of recommendations
   * @param {"answer" | "undo" | "restore" | "describe" | "forget" | "exclude"} [method] none: nothing changes
   * @param {unknown[]} [args]
   * @returns {Snapshot}
   */
  change(count, method, args = []) {
    const before = performance.now();
    const result = method && this.#model[method](...args);
    const recommendations = this.#model.recommend(count);
    const milliseconds = performance.now() - before;
    const adaptation = { ...this.#model.adaptation(), milliseconds };
    return { result, answers: this.#model.answers(), recommendations, adaptation, state: this.#model.save() };
  }

  /** @param {number} count @param {string[]} shown ids on the wall that stay there */
  draw(count, shown) { return this.#deck.draw(count, shown); }

  /** Puts the wall aside and draws others. @param {number} count @param {string[]} shown */
  others(count, shown) { return this.#deck.others(count, shown); }

  /** @param {number} count */
  recommend(count) { return this.#model.recommend(count); }

  /** @param {string} id */
  explain(id) { return this.#model.explain(id); }

  /** The whole catalogue, what people are likely to know first. */
  items() {
    const first = this.#model.candidates(MOST_KNOWN);
    const ids = new Set(first.map(({ id }) => id));
    return [...first, ...this.#model.items().filter(({ id }) => !ids.has(id))];
  }

  close() { this.#model.free(); }
}
