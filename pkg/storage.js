/**
 * Keeps a visitor's answers in this browser, an entry for each name. Storage may be full, forbidden or tampered with:
 * then nothing is remembered, and nothing breaks.
 */
import { coded } from "./error.js";

/** @typedef {import("./fewclicks.js").SavedState} SavedState */

/**
 * @param {{ remember: string | null, bundle: string }} element
 * @returns {string | null} the name of its entry, the site's own or the bundle's address; null keeps nothing
 */
export const entry = ({ remember, bundle }) => (remember === null ? null : `few-clicks:${remember || bundle}`);

/**
 * @param {string | null} name of an entry
 * @returns {SavedState | null} not looked at yet: `restore` says whether it fits
 * @throws an error of code `bad-state` for what is no JSON
 */
export function recall(name) {
  let text;
  try {
    text = name && localStorage.getItem(name);
  } catch {
    return null;
  }
  try {
    return JSON.parse(text ?? "null");
  } catch (cause) {
    throw coded("bad-state", `What was remembered as ${name} is no JSON.`, cause);
  }
}

/** @param {string | null} name of an entry @param {SavedState} state */
export function keep(name, state) {
  try {
    if (name) localStorage.setItem(name, JSON.stringify(state));
  } catch {
    // Full or forbidden: the answers simply last as long as the page.
  }
}

/** @param {string | null} name of an entry */
export function drop(name) {
  try {
    if (name) localStorage.removeItem(name);
  } catch {
    // Forbidden storage holds nothing to drop.
  }
}
