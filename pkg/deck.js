/** Chooses which evidence candidates are on the wall: never one twice, never one that has an answer. */

/** @typedef {import("./element.js").Item} Item */

export class Deck {
  /** @param {Pick<import("./fewclicks.js").FewClicks, "candidates">} model */
  constructor(model) {
    this.model = model;
    /** @type {Set<string>} ids that "show me others" has put aside */
    this.passed = new Set();
  }

  /**
   * @param {number} count
   * @param {Set<string>} shown ids that are on the wall and stay there
   * @returns {Item[]} fewer than `count` only when the catalogue has no more
   */
  draw(count, shown) {
    return this.#fill(count, [new Set([...shown, ...this.passed]), shown]);
  }

  /** Puts the wall aside and draws others. @param {number} count @param {Set<string>} shown */
  others(count, shown) {
    for (const id of shown) this.passed.add(id);
    return this.#fill(count, [new Set(this.passed), shown, new Set()]);
  }

  /** Avoids the first set of ids; where that leaves too few, begins again avoiding only the next. */
  #fill(count, avoided) {
    const items = new Map();
    for (const [round, ids] of avoided.entries()) {
      if (items.size === count) break;
      if (round > 0) this.passed.clear();
      for (const item of this.model.candidates(count + ids.size + items.size)) {
        if (items.size < count && !ids.has(item.id)) items.set(item.id, item);
      }
    }
    return [...items.values()];
  }
}
