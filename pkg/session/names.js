/** Search items by title and details: case, accents, signs, articles and the order of words do not count, nor one typing error. */

/** @import { ShownItem } from "../types.js" */

/** Decompose, drop accents and signs, lower case. Hangul is decomposed too, so that a syllable is found while it is typed. @param {string} text */
const fold = (text) => text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();

/** @param {string} text */
const squeeze = (text) => text.replaceAll(" ", "");

const ARTICLES = /^(the|an?|der|die|das|le|la|les|el|los|il)$/;

/** Numerals of sequels, from 2 on. */
const NUMERALS = ["ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"];

/** The fewest letters of a word that may have a typing error. */
const MIN_LETTERS = 4;

/** @typedef {{ item: ShownItem, name: string, squeezed: string, words: string[] }} Entry `words` of title and details */

export class Names {
  #entries;

  /** @param {ShownItem[]} items in the order in which equal matches are found */
  constructor(items) {
    this.#entries = items.map(entryOf);
  }

  /**
   * Find the items that have all words of a text. Order: title equal to the text, title starting with it, title with a word
   * starting with it, all others.
   * @param {string} text words, the last of which may be unfinished
   * @param {number} limit
   * @returns {ShownItem[]}
   */
  search(text, limit) {
    const whole = fold(text);
    if (!whole) return [];
    const squeezed = squeeze(whole);
    const all = whole.split(" ");
    const words = all.filter((word) => !ARTICLES.test(word));
    /** @param {(word: string, entry: Entry) => boolean} has @returns {Entry[]} */
    const find = (has) => this.#entries.filter((entry) =>
      entry.squeezed.includes(squeezed) || (words.length > 0 ? words : all).every((word) => has(word, entry)));
    /** @type {((entry: Entry) => boolean)[]} */
    const matches = [
      ({ name, squeezed: own }) => name === whole || own === squeezed,
      ({ name, squeezed: own }) => name.startsWith(whole) || own.startsWith(squeezed),
      ({ name }) => name.includes(` ${whole}`),
      ({ name }) => words.every((word) => name.includes(word)),
      () => true,
    ];
    /** @param {Entry} entry */
    const rank = (entry) => matches.findIndex((match) => match(entry));
    let found = find((word, { name, words: own }) => name.includes(word) || own.some((other) => other.startsWith(word)));
    if (found.length === 0) found = find((word, { words: own }) => own.some((other) => isNear(word, other)));
    found.sort((a, b) => rank(a) - rank(b));
    return found.slice(0, limit).map(({ item }) => item);
  }
}

/** @param {ShownItem} item @returns {Entry} */
function entryOf(item) {
  const name = fold(item.title);
  const words = [...name.split(" "), ...fold(Object.values(item.fields).flat().join(" ")).split(" ")];
  const numbers = words.map((word) => NUMERALS.indexOf(word)).filter((index) => index >= 0).map((index) => String(index + 2));
  return { item, name, squeezed: squeeze(name), words: [...words, squeeze(name), ...numbers] };
}

/** Return whether a word, maybe unfinished, has at most one letter too few, too many, changed or swapped. @param {string} word @param {string} other */
function isNear(word, other) {
  if (word.length < MIN_LETTERS) return other.startsWith(word);
  return [-1, 0, 1].some((more) => isOneOff(word, other.slice(0, word.length + more)));
}

/** @param {string} a @param {string} b */
function isOneOff(a, b) {
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  const [x, y] = [a.slice(same), b.slice(same)];
  return x.slice(1) === y.slice(1) || x.slice(1) === y || x === y.slice(1)
    || (x[0] === y[1] && x[1] === y[0] && x.slice(2) === y.slice(2));
}
