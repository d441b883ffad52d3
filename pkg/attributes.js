/** The element's attributes as properties of the same names. A missing or invalid value counts as the default. */

import { resolve } from "./view/dom.js";

/** @import { BundleInfo } from "./types.js" */

const MAX_COUNT = 60;

/** Key of the property in which an element keeps the kind of its bundle; undefined until the manifest is read. */
export const BUNDLE_KIND = Symbol();

/** @typedef {HTMLElement & { [BUNDLE_KIND]?: BundleInfo["kind"] }} Host */

/**
 * Read one of these values; the first is the default.
 * @template {string} T
 * @param {...T} values
 * @returns {(text: string | null) => T}
 */
const oneOf = (...values) => (text) => {
  const given = /** @type {T} */ (text);
  return values.includes(given) ? given : values[0];
};

/** Read a whole number up to `MAX_COUNT`. @param {number} initial the default @param {number} [least] @returns {(text: string | null) => number} */
const count = (initial, least = 1) => (text) => {
  const number = Number(text || NaN);
  return Number.isInteger(number) && number >= least ? Math.min(number, MAX_COUNT) : initial;
};

/** Read a number from 0 to 1. @param {number} initial the default @returns {(text: string | null) => number} */
const share = (initial) => (text) => {
  const number = Number(text || NaN);
  return number >= 0 && number <= 1 ? number : initial;
};

/** Read words. @param {string} initial the default @returns {(text: string | null) => string[]} */
const words = (initial) => (text) => (text ?? initial).split(/\s+/).filter(Boolean);

/** @param {string | null} text */
const isPresent = (text) => text !== null;

/**
 * How each property is read from the text of its attribute, which is null where there is none. `element.d.ts` describes them.
 * @satisfies {Record<string, (text: string | null, element: Host) => unknown>}
 */
const READERS = {
  bundle: (/** @type {string | null} */ text, /** @type {Host} */ { baseURI }) => (text === null ? null : resolve(text, baseURI) ?? text),
  mode: (/** @type {string | null} */ text, /** @type {Host} */ { [BUNDLE_KIND]: kind }) =>
    oneOf(kind === "picks" ? "pick" : "rate", "pick", "rate")(text),
  rating: oneOf("like", "stars"),
  goal: count(5),
  min: count(3),
  tiles: count(9),
  rows: count(8),
  related: count(3, 0),
  variety: share(0.2),
  explore: count(0, 0),
  details: words("year director"),
  listActions: words(""),
  listFilters: words(""),
  images: (/** @type {string | null} */ text) => text || null,
  remember: (/** @type {string | null} */ text) => text,
  loading: oneOf("eager", "lazy"),
  worker: isPresent,
  name: (/** @type {string | null} */ text) => text ?? "",
  disabled: isPresent,
  required: isPresent,
  submit: oneOf("none", "recommendations", "answers"),
};

/** @typedef {{ [Name in keyof typeof READERS]: ReturnType<(typeof READERS)[Name]> }} AttributeProperties */

/** On a server there is no HTMLElement; the classes can still be imported there. */
const Base = /** @type {typeof HTMLElement} */ (globalThis.HTMLElement ?? class {});

class WithAttributes extends Base {}

/** Names of the attributes. @type {string[]} */
export const names = [];

for (const [property, read] of Object.entries(READERS)) {
  const name = property.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`);
  names.push(name);
  Object.defineProperty(WithAttributes.prototype, property, {
    /** @this {Host} */
    get() { return read(this.getAttribute(name), this); },
    /** @this {Host} @param {unknown} value */
    set(value) {
      const given = read === isPresent ? Boolean(value) : value ?? false;
      if (given === false) this.removeAttribute(name);
      else this.setAttribute(name, given === true ? "" : [given].flat().join(" "));
    },
    configurable: true,
    enumerable: true,
  });
}

/** Base class of the element: every attribute is a property. */
export const Attributes = /** @type {new () => HTMLElement & AttributeProperties} */ (/** @type {unknown} */ (WithAttributes));

/** Return what an element's attributes say to its view. @param {AttributeProperties} attributes */
export function viewSettings({ mode, goal, min, tiles, rows, rating, details, listActions, listFilters, required }) {
  return {
    mode, goal, min, tiles, rows, listActions, listFilters,
    // A pick is a like, and shown as one.
    rating: mode === "pick" ? /** @type {const} */ ("like") : rating,
    fields: details,
    skippable: !required,
  };
}
