/**
 * Translate what the element says. `{name}` in a message is filled in, a number as the language writes it. A message with plural
 * forms is an object keyed by `Intl.PluralRules` category, chosen by `count`. In pick mode a key that has a sibling with `pick`
 * before it uses the sibling's message.
 */
import english from "./en.js";

/** @import { ListMessages, Message, Messages } from "./messages.js" */

export { english };

/** Written out one by one, so that bundlers find them. @type {Record<string, () => Promise<{ default: Messages }>>} */
const files = {
  ar: () => import("./ar.js"),
  de: () => import("./de.js"),
  ja: () => import("./ja.js"),
  ko: () => import("./ko.js"),
};

/**
 * Load the messages of a language; English where there are none or they could not be fetched.
 * @param {string} tag BCP 47, such as `de-AT`
 * @param {Partial<Messages>} [own] the site's messages: with them a language without a file keeps its own plural rules
 * @returns {Promise<{ words: Messages, lang: string }>} and the language that they are in
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
 * Return a function that says a message.
 * @param {Partial<Messages & ListMessages>} own messages that replace those of the language
 * @param {Messages & Partial<ListMessages>} words of the language
 * @param {string} lang BCP 47 tag for the plural rules and the digits
 * @param {"rate" | "pick"} mode
 * @returns {(key: keyof Messages | keyof ListMessages, values?: Record<string, string | number>) => string}
 */
export function translator(own, words, lang, mode) {
  const plural = new Intl.PluralRules(lang);
  const digits = new Intl.NumberFormat(lang);
  /** @param {keyof Messages | keyof ListMessages} key */
  const find = (key) => /** @type {Message} */ (own[key] ?? words[key]);
  /** @param {string | number} value */
  const format = (value) => (typeof value === "number" ? digits.format(value) : value);
  /** @param {string} key @returns {Message | undefined} */
  const findPick = (key) => find(/** @type {keyof Messages} */ (`pick${key[0].toUpperCase()}${key.slice(1)}`));
  return (key, values = {}) => {
    const message = (mode === "pick" && findPick(key)) || find(key);
    const text = typeof message === "string" ? message : (message[plural.select(Number(values.count))] ?? message.other);
    return text.replace(/\{(\w+)\}/g, (whole, name) => format(values[name] ?? whole));
  };
}
