/** Search items by title, ignoring case and accents. */

/** @import { ShownItem } from "../types.js" */

/** Decompose, drop accents, lower case. Hangul is decomposed too, so that a syllable is found while it is typed. @param {string} text */
const fold = (text) => text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase();

export class Names {
  #names;

  /** @param {ShownItem[]} items in the order in which equal matches are found */
  constructor(items) {
    this.#names = items.map((item) => ({ item, name: fold(item.title) }));
  }

  /**
   * Find the items whose titles contain all words of a text. Order: title equal to the text, title starting with it, title with
   * a word starting with it, all others.
   * @param {string} text words, the last of which may be unfinished
   * @param {number} limit
   * @returns {ShownItem[]}
   */
  search(text, limit) {
    const words = fold(text).split(/\s+/).filter(Boolean);
    if (words.length === 0) return [];
    const whole = words.join(" ");
    /** @type {((name: string) => boolean)[]} */
    const matches = [(name) => name === whole, (name) => name.startsWith(whole), (name) => name.includes(` ${whole}`), () => true];
    /** @param {string} name */
    const rank = (name) => matches.findIndex((match) => match(name));
    const found = this.#names.filter(({ name }) => words.every((word) => name.includes(word)));
    found.sort((a, b) => rank(a.name) - rank(b.name));
    return found.slice(0, limit).map(({ item }) => item);
  }
}
