/**
 * Every word the element says, in the language of the page. A site replaces any of them through the `messages`
 * property. `{name}` is filled in, a number as the language writes it; a message with plural forms is an object keyed
 * by `Intl.PluralRules` category, chosen by `count`. In pick mode a key that has a sibling with `pick` before it is
 * said in the sibling's words.
 */
import english from "./en.js";

export { english };

/** Written out one by one, so that a bundler finds them. */
const files = {
  ar: () => import("./ar.js"),
  de: () => import("./de.js"),
  ja: () => import("./ja.js"),
  ko: () => import("./ko.js"),
};

/** @typedef {import("./messages.js").Messages} Words */

/**
 * The words for a language, English where there are none or they could not be fetched.
 * @param {string} tag BCP 47, such as `de-AT`
 * @param {Partial<Words>} [own] the site's messages: with them, a language without a file keeps its own plural rules
 * @returns {Promise<{ words: Words, lang: string }>} and the language that they are in
 */
export async function language(tag, own = {}) {
  try {
    const { language: primary } = new Intl.Locale(tag);
    if (files[primary]) return { words: (await files[primary]()).default, lang: tag };
    if (primary === "en" || Object.keys(own).length > 0) return { words: english, lang: tag };
  } catch {
    // No tag of a language, or no connection.
  }
  return { words: english, lang: "en" };
}

/**
 * @param {Partial<Words>} own messages that replace those of the language
 * @param {Words} words of the language
 * @param {string} lang BCP 47 tag for the plural rules and the digits
 * @param {"rate" | "pick"} mode
 * @returns {(key: keyof typeof english, values?: Record<string, string | number>) => string}
 */
export function translator(own, words, lang, mode) {
  const plural = new Intl.PluralRules(lang);
  const digits = new Intl.NumberFormat(lang);
  const said = (key) => own[key] ?? words[key];
  const filled = (value) => (typeof value === "number" ? digits.format(value) : value);
  return (key, values = {}) => {
    const message = (mode === "pick" && said(`pick${key[0].toUpperCase()}${key.slice(1)}`)) || said(key);
    const text = typeof message === "string" ? message : (message[plural.select(Number(values.count))] ?? message.other);
    return text.replace(/\{(\w+)\}/g, (whole, name) => String(filled(values[name]) ?? whole));
  };
}
