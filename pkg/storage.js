/**
 * Entries of this browser's storage, one for each key. Storage may be full, forbidden or tampered with: then nothing is remembered,
 * and nothing breaks.
 */
import { fewClicksError } from "./error.js";
import { marksOf, mergeMarks, NO_MARKS } from "./marks.js";

/** @import { Hidden, Marks } from "./marks.js" */
/** @import { SavedState } from "./types.js" */

/** @typedef {SavedState & { hidden?: Hidden[] }} Entry */

/**
 * Return the key of an element's entry.
 * @param {string | null} remember the site's own name for the entry, empty for the bundle's address; null remembers nothing
 * @param {string | null} bundle address of the bundle
 * @returns {string | null} null: nothing is remembered
 */
export const storageKey = (remember, bundle) => (remember === null ? null : `few-clicks:${remember || bundle}`);

/**
 * Read an entry.
 * @param {string | null} key
 * @returns {Entry | null} not validated: `restore` does that; null where there is no entry
 * @throws an error of code `bad-state` where the entry is no JSON
 */
export function loadState(key) {
  let text;
  try {
    text = key && localStorage.getItem(key);
  } catch {
    return null;
  }
  try {
    return JSON.parse(text ?? "null");
  } catch (cause) {
    throw fewClicksError("bad-state", `What was remembered as ${key} is no JSON.`, cause);
  }
}

/**
 * Merge what has changed here into an entry, which another tab may have changed too. What has changed here is newer than what the
 * entry says.
 * @param {string | null} key
 * @param {Marks} before what was here when the entry was last read or written
 * @param {SavedState} state
 * @param {Marks} now what is here
 * @returns {Marks | null} what the entry says then; null where it could not be written
 */
export function mergeState(key, before, state, now) {
  const merged = mergeMarks(key ? readMarks(key, state) : now, before, now);
  const { answers, hidden } = merged;
  const isWritten = answers.length + hidden.length > 0
    ? saveState(key, { ...state, answers, hidden: hidden.length > 0 ? hidden : undefined })
    : removeState(key);
  return isWritten ? merged : null;
}

/** @param {string} key @param {SavedState} state whose version an entry must have @returns {Marks} */
function readMarks(key, { version }) {
  try {
    const saved = loadState(key);
    return marksOf(saved?.version === version && saved);
  } catch {
    return NO_MARKS;
  }
}

/** Write an entry. @param {string | null} key @param {Entry} entry @returns {boolean} whether it could be written */
export function saveState(key, entry) {
  try {
    if (key) localStorage.setItem(key, JSON.stringify(entry));
    return true;
  } catch {
    // Full or forbidden: the answers last as long as the page.
    return false;
  }
}

/** Remove an entry. @param {string | null} key @returns {boolean} whether there is none now */
export function removeState(key) {
  try {
    if (key) localStorage.removeItem(key);
    return true;
  } catch {
    // Forbidden storage has no entry.
    return false;
  }
}
