/** Replay a simulated visitor's signup, one question at a time, with one strategy of asking. */

/** @typedef {import("../pkg/model.js").FewClicks} FewClicks */
/** @typedef {import("../pkg/model.js").Item} Item */

/**
 * A held-out user, as `trainer visitors` wrote them down.
 * @typedef {object} Visitor
 * @property {Record<string, string>} user what the model knows of them
 * @property {[string, number][]} ratings item ids and ratings that can be asked for
 * @property {[string, number][]} kept item ids and ratings that are kept back, to judge predictions by
 */

/**
 * Choose the next item to ask about.
 * @typedef {(model: FewClicks, avoided: Set<string>) => string | undefined} Strategy `avoided`: asked already, or kept back
 */

/** Ask about the most popular items, one after the other. @param {string[]} popular ids @returns {Strategy} */
export const byPopularity = (popular) => (model, avoided) => popular.find((id) => !avoided.has(id));

/** Ask about the evidence candidate that the model chooses after the answers so far. @type {Strategy} */
export const byEvidence = (model, avoided) => model.questions(1, [...avoided])[0]?.id;

export class Replay {
  #model;
  #strategy;
  #known;
  #avoided;
  #scale;
  /** @type {{ id: string, rating: number | null }[]} questions so far, with the rating of a visitor who knows the item */
  questions = [];
  /** Mean absolute error on the ratings kept back: before the first question, and after each. */
  errors;

  /** @param {FewClicks} model of which a session of its own is made @param {Visitor} visitor @param {Strategy} strategy */
  constructor(model, visitor, strategy) {
    this.#model = model.newSession();
    this.#scale = model.info.scale;
    this.#strategy = strategy;
    this.#known = new Map(visitor.ratings);
    this.kept = visitor.kept;
    this.#avoided = new Set(visitor.kept.map(([id]) => id));
    for (const [field, value] of Object.entries(visitor.user)) this.#model.describe(field, value);
    this.errors = [this.#error()];
  }

  /** Number of questions about items that the visitor knows. */
  get answered() { return this.questions.filter(({ rating }) => rating !== null).length; }

  /** Ask the next question. @returns {boolean} false when there are no more */
  step() {
    const id = this.#strategy(this.#model, this.#avoided);
    if (id === undefined) return false;
    const rating = this.#known.get(id) ?? null;
    this.#model.answer(id, rating ?? "unknown");
    this.#avoided.add(id);
    this.questions.push({ id, rating });
    // "Unknown" changes no prediction.
    this.errors.push(rating === null ? this.errors.at(-1) : this.#error());
    return true;
  }

  /** Return the best items, each with the rating that the visitor really gave it, or null. @param {number} count */
  top(count) {
    const truth = new Map([...this.kept, ...this.#known]);
    return this.#model.recommend(count).map(({ item }) => ({ item, truth: truth.get(item.id) ?? null }));
  }

  /** Free the session. */
  close() { this.#model.free(); }

  #error() {
    const { min, max } = this.#scale;
    const off = ([id, rating]) => Math.abs(Math.min(max, Math.max(min, this.#model.predict(id))) - rating);
    return this.kept.reduce((sum, pair) => sum + off(pair), 0) / this.kept.length;
  }
}
