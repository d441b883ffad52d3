/** Draw the items to ask about: none twice at a time, none with an answer, and last those that "show me others" has deferred. */

/** @import { FewClicks } from "../fewclicks.js" */
/** @import { Item } from "../types.js" */

export class Deck {
  #model;
  /** @type {Set<string>} ids */
  #deferred = new Set();

  /** @param {Pick<FewClicks, "questions">} model */
  constructor(model) {
    this.#model = model;
  }

  /**
   * Draw items.
   * @param {number} count
   * @param {string[]} shown ids that are on the wall and stay there
   * @returns {Item[]} best first; fewer than `count` only where there are no more
   */
  draw(count, shown) {
    const items = this.#model.questions(count, [...shown, ...this.#deferred]);
    if (items.length === count || this.#deferred.size === 0) return items;
    // All others have been shown: the deferred ones come again.
    this.#deferred.clear();
    const excluded = [...shown, ...items.map(({ id }) => id)];
    return [...items, ...this.#model.questions(count - items.length, excluded)];
  }

  /** Defer all items on the wall and draw others. @param {number} count @param {string[]} shown ids on the wall @returns {Item[]} */
  others(count, shown) {
    for (const id of shown) this.#deferred.add(id);
    return this.draw(count, []);
  }
}
