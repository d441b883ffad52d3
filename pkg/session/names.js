/** Finds items by name, whatever the case and the accents. */

/** @typedef {import("../element.js").Item} Item */

/** Hangul is taken apart as well, so that a syllable is found while it is being typed. */
const fold = (text) => text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase();

export class Names {
  #names;

  /** @param {Item[]} items in the order in which equals are found */
  constructor(items) {
    this.#names = items.map((item) => ({ item, name: fold(item.title) }));
  }

  /**
   * @param {string} text words, the last of which may be unfinished
   * @param {number} limit
   * @returns {Item[]} titles that have all the words; the text itself, what begins with it, what has a word that does, then the others
   */
  search(text, limit) {
    const words = fold(text).split(/\s+/).filter(Boolean);
    if (words.length === 0) return [];
    const whole = words.join(" ");
    const fits = [(name) => name === whole, (name) => name.startsWith(whole), (name) => name.includes(` ${whole}`), () => true];
    const place = (name) => fits.findIndex((fit) => fit(name));
    const found = this.#names.filter(({ name }) => words.every((word) => name.includes(word)));
    found.sort((a, b) => place(a.name) - place(b.name));
    return found.slice(0, limit).map(({ item }) => item);
  }
}
