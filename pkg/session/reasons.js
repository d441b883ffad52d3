/**
 * Choose the reasons of a list at once. A row's reason is an answer that moved the item up by at least half of what the
 * strongest one did. Of these, one that shares features with the item is preferred, then one that is named seldom: no answer
 * is named more than twice in eight rows, unless it alone moved a row. Where all are named already, several are counted.
 */

/** @import { BundleInfo, Item, Recommendation as Ranked } from "../fewclicks.js" */
/** @import { Because, Recommendation, Shared } from "../types.js" */

/** Share of the strongest influence from which on an answer may be named. */
const STRONG = 0.5;
/** Features that a larger share of the catalogue has tell nothing. */
const MAX_COMMON = 1 / 3;
/** Most shared features that are named. */
const MAX_SHARED = 2;
/** Rows in which an answer may be named once. */
const ROWS_EACH = 4;
/** The smallest share of the scale by which an answer must have moved a predicted rating to be a reason. */
const MIN_INFLUENCE = 1 / 80;

export class Reasons {
  #items;
  #scale;
  #least;
  /** Number of items that have a feature, by field and value; null until it is needed. @type {Map<string, number> | null} */
  #counts = null;

  /** @param {BundleInfo} info @param {Item[]} items all of the catalogue */
  constructor({ kind, model, scale }, items) {
    this.#items = items;
    this.#scale = scale;
    // Only a list that is sorted by predicted ratings has a scale to measure by.
    this.#least = kind === "picks" || model === "halves" ? 0 : MIN_INFLUENCE * (scale.max - scale.min);
  }

  /** Choose the reason of each row. @param {Ranked[]} recommendations @returns {Recommendation[]} */
  choose(recommendations) {
    const most = Math.ceil(recommendations.length / ROWS_EACH);
    /** @type {Map<string, number>} how often an answer is named, by its item's id */
    const named = new Map();
    return recommendations.map((row) => {
      const because = this.#because(row, named, most);
      if (because && because.others.length === 0) named.set(because.item.id, (named.get(because.item.id) ?? 0) + 1);
      return { ...row, because };
    });
  }

  /** @param {Ranked} row @param {Map<string, number>} named @param {number} most @returns {Because | null} */
  #because({ item, reasons }, named, most) {
    const moved = reasons.filter(({ influence }) => influence >= this.#least).map((reason) => {
      const liked = this.#isLiked(reason.value);
      return { ...reason, liked, shared: liked ? this.#shared(item, reason.item) : [], others: [] };
    });
    if (moved.length < 2) return moved[0] ?? null;
    /** @param {Because} reason */
    const uses = ({ item: { id } }) => named.get(id) ?? 0;
    const open = moved.filter((reason) => uses(reason) < most)
      // Equals stay in the order of their influence.
      .sort((a, b) => Math.min(b.shared.length, 1) - Math.min(a.shared.length, 1) || uses(a) - uses(b));
    const strong = open.find(({ influence }) => influence >= STRONG * moved[0].influence);
    if (strong) return strong;
    const likes = moved.filter(({ liked }) => liked);
    for (const feature of likes.flatMap(({ shared }) => shared)) {
      const [first, ...others] = likes.filter(({ shared }) => shared.some((own) => key(own) === key(feature)));
      if (others.length > 0) return { ...first, shared: [feature], others };
    }
    if (open.length > 0) return open[0];
    const [first, ...others] = likes.length > 1 ? likes : moved;
    return { ...first, liked: likes.length > 1, shared: [], others };
  }

  /** @param {Because["value"]} value */
  #isLiked(value) {
    return value === "like" || Number(value) > (this.#scale.like + this.#scale.dislike) / 2;
  }

  /** Return the rarest features that two items share. @param {Item} a @param {Item} b @returns {Shared[]} */
  #shared(a, b) {
    const counts = (this.#counts ??= count(this.#items));
    /** @param {Shared} feature */
    const size = (feature) => counts.get(key(feature)) ?? 0;
    return features(a)
      // A number alone, such as a year, says nothing in a sentence.
      .filter((own) => b.fields[own.field]?.includes(own.value) && isNaN(+own.value) && size(own) <= MAX_COMMON * this.#items.length)
      .sort((one, other) => size(one) - size(other))
      .slice(0, MAX_SHARED);
  }
}

/** @param {Item} item @returns {Shared[]} */
const features = ({ fields }) => Object.entries(fields).flatMap(([field, values]) => values.map((value) => ({ field, value })));

/** @param {Shared} feature */
const key = ({ field, value }) => `${field}\n${value}`;

/** @param {Item[]} items @returns {Map<string, number>} */
function count(items) {
  const counts = new Map();
  for (const feature of items.flatMap(features)) counts.set(key(feature), (counts.get(key(feature)) ?? 0) + 1);
  return counts;
}
