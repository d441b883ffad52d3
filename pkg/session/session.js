/**
 * A visitor's session with the model, in the page or in a worker. What its methods take and return can be cloned from the one
 * to the other.
 */
import { Deck } from "./deck.js";
import { Reasons } from "./reasons.js";

/** @import { FewClicks } from "../fewclicks.js" */
/** @import { Adaptation, Answered, Item, Recommendation, SavedState } from "../types.js" */

/** @typedef {{ count: number, variety: number, explore?: number, without?: string[] }} List how many recommendations there are to be, how many of them discoveries, and of what kind; ids of items to leave out */

/** @typedef {"answer" | "undo" | "restore" | "describe" | "forget" | "exclude"} Change a method of the model that changes something */

/**
 * What there is to show.
 * @typedef {object} Snapshot
 * @property {Answered[]} answers oldest first
 * @property {Recommendation[]} recommendations best first
 * @property {Adaptation} adaptation
 * @property {SavedState} state what `restore` takes
 */

/** How many times as many items as are shown are expected: those that a visitor who has said nothing would be recommended. */
const EXPECTED = 5;

/** How many times as many recommendations as are shown a discovery is taken from. */
const REACH = 3;

/** More evidence candidates than a bundle has. */
const ALL_CANDIDATES = 1000;

export class Session {
  #model;
  #deck;
  #reasons;
  /** Ids that the site's filter excludes. @type {string[]} */
  #excluded = [];

  /** @param {FewClicks} model belongs to this session from now on */
  constructor(model) {
    this.#model = model;
    this.#deck = new Deck(model);
    this.#reasons = new Reasons(model.info, model.items());
  }

  info() { return this.#model.info; }

  /**
   * Call a method of the model that changes something, and return what there is to show then.
   * @param {List} list
   * @param {Change} [method] without it nothing changes
   * @param {unknown[]} [args]
   * @returns {Snapshot & { result: unknown }} `result` of the method
   */
  change(list, method, args = []) {
    const model = this.#model;
    if (method === "exclude") this.#excluded = /** @type {string[]} */ (args[0]);
    const result = method && Reflect.apply(model[method], model, args);
    const recommendations = this.recommend(list);
    return { result, answers: model.answers(), recommendations, adaptation: model.adaptation(), state: model.save() };
  }

  /** Draw the next items to ask about. @param {number} count @param {string[]} shown ids on the wall that stay there */
  draw(count, shown) { return this.#deck.draw(count, shown); }

  /** Defer the items on the wall and draw others. @param {number} count @param {string[]} shown ids on the wall */
  others(count, shown) { return this.#deck.others(count, shown); }

  /** @param {List} list @returns {Recommendation[]} */
  recommend({ count, variety, explore = 0, without = [] }) {
    const model = this.#model;
    const excluded = [...this.#excluded, ...without];
    // Only the list is without them: they may be asked about.
    if (without.length > 0) model.exclude(excluded);
    try {
      const wanted = model.answers().length > 0 ? Math.min(explore, count) : 0;
      const best = model.recommend(wanted > 0 ? REACH * count : count, { variety });
      // What a visitor who has said nothing would be recommended.
      const expected = wanted > 0 ? this.#alone((silent) => {
        silent.exclude(excluded);
        return silent.recommend(EXPECTED * count).map(({ item }) => item.id);
      }) : [];
      const found = best.filter(({ item }) => !expected.includes(item.id)).slice(0, wanted);
      const others = best.filter((row) => !found.includes(row)).slice(0, count - found.length);
      return this.#reasons.choose([...others, ...found.map((row) => ({ ...row, discovery: true }))]);
    } finally {
      if (without.length > 0) model.exclude(this.#excluded);
    }
  }

  /**
   * Return what is best for somebody who likes one item and has said nothing else, without what has an answer.
   * @param {string} id
   * @param {number} count
   * @param {string[]} shown ids to leave out
   * @returns {Item[]} best first
   */
  related(id, count, shown) {
    return this.#alone((other) => {
      other.exclude([...this.#excluded, ...shown, ...this.#model.answers().map(({ item }) => item.id)]);
      other.answer(id, "like");
      return other.recommend(count).map(({ item }) => item);
    });
  }

  /** Call back with the session of another visitor. @template Result @param {(other: FewClicks) => Result} use */
  #alone(use) {
    const other = this.#model.newSession();
    try { return use(other); } finally { other.free(); }
  }

  /** @param {string} id */
  explain(id) { return this.#model.explain(id); }

  /** Return the whole catalogue: evidence candidates first, which people are likely to know. @returns {Item[]} */
  items() {
    const first = this.#model.candidates(ALL_CANDIDATES);
    const ids = new Set(first.map(({ id }) => id));
    return [...first, ...this.#model.items().filter(({ id }) => !ids.has(id))];
  }

  /** Free the model. */
  close() { this.#model.free(); }
}
