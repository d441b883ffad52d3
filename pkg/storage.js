/**
 * Keeps a visitor's answers in this browser, an entry for each name. Storage may be full, forbidden or tampered with:
 * then nothing is remembered, and nothing breaks.
 */
import { coded } from "./coded.js";

/** @typedef {import("./fewclicks.js").SavedState} SavedState */

const key = (name) => `few-clicks:${name}`;

/**
 * @param {string} name
 * @returns {SavedState | null} not looked at yet: `restore` says whether it fits
 * @throws an error of code `bad-state` for what is no JSON
 */
export function recall(name) {
  let text;
  try {
    text = localStorage.getItem(key(name));
  } catch {
    return null;
  }
  try {
    return JSON.parse(text ?? "null");
  } catch (cause) {
    throw coded("bad-state", `What was remembered as ${key(name)} is no JSON.`, cause);
  }
}

/** @param {string} name @param {SavedState} state */
export function keep(name, state) {
  try {
    localStorage.setItem(key(name), JSON.stringify(state));
  } catch {
    // Full or forbidden: the answers simply last as long as the page.
  }
}

/** @param {string} name */
export function drop(name) {
  try {
    localStorage.removeItem(key(name));
  } catch {
    // Forbidden storage holds nothing to drop.
  }
}
