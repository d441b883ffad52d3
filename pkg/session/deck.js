/** Deals what is asked: never an item twice at a time, never one that has an answer, what "show me others" put aside last. */

/** @typedef {import("../element.js").Item} Item */

export class Deck {
  #model;
  /** @type {Set<string>} ids that "show me others" has put aside */
  #passed = new Set();

  /** @param {Pick<import("../fewclicks.js").FewClicks, "questions">} model */
  constructor(model) {
    this.#model = model;
  }

  /**
   * @param {number} count
   * @param {string[]} shown ids that are on the wall and stay there
   * @returns {Item[]} fewer than `count` only when there are no more
   */
  draw(count, shown) {
    const items = this.#model.questions(count, [...shown, ...this.#passed]);
    if (items.length === count || this.#passed.size === 0) return items;
    // All have been shown: what was put aside comes round again.
    this.#passed.clear();
    const avoided = [...shown, ...items.map(({ id }) => id)];
    return [...items, ...this.#model.questions(count - items.length, avoided)];
  }

  /** Puts the wall aside and draws others. @param {number} count @param {string[]} shown */
  others(count, shown) {
    for (const id of shown) this.#passed.add(id);
    return this.draw(count, []);
  }
}
