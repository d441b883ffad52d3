/**
 * Remember a visitor's answers in this browser, one entry for each key. Storage may be full, forbidden or tampered with: then
 * nothing is remembered, and nothing breaks.
 */
import { fewClicksError } from "./error.js";

/** @import { Answer, SavedState } from "./types.js" */

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
 * @returns {SavedState | null} not validated: `restore` does that; null where there is no entry
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
 * Merge a change of this page's answers into an entry, which another tab may have changed. What has just been changed here is newer
 * than what the entry says.
 * @param {string | null} key
 * @param {SavedState["answers"]} before the answers here when the entry was last read or written
 * @param {SavedState} state with the answers here now
 * @returns {SavedState["answers"]} the answers of the entry then
 */
export function mergeState(key, before, state) {
  const [old, now] = [before, state.answers].map(valuesOf);
  const unchanged = readAnswers(key, state).filter(({ id }) => old.get(id) === now.get(id));
  const answers = [...unchanged, ...state.answers.filter(({ id, value }) => old.get(id) !== value)];
  if (answers.length > 0) saveState(key, { ...state, answers });
  else removeState(key);
  return answers;
}

/** Return the answers by their items' ids. @param {SavedState["answers"]} answers @returns {Map<string, Answer>} */
const valuesOf = (answers) => new Map(answers.map(({ id, value }) => [id, value]));

/** @param {string | null} key @param {SavedState} state whose version an entry must have @returns {SavedState["answers"]} */
function readAnswers(key, { version, answers }) {
  if (!key) return answers;
  try {
    const saved = loadState(key);
    return saved?.version === version ? saved.answers.filter(({ id, value }) => typeof id === "string" && value) : [];
  } catch {
    return [];
  }
}

/** Write an entry. @param {string | null} key @param {SavedState} state */
export function saveState(key, state) {
  try {
    if (key) localStorage.setItem(key, JSON.stringify(state));
  } catch {
    // Full or forbidden: the answers last as long as the page.
  }
}

/** Remove an entry. @param {string | null} key */
export function removeState(key) {
  try {
    if (key) localStorage.removeItem(key);
  } catch {
    // Forbidden storage has no entry.
  }
}

/** Return whether both are the same answers, in any order. @param {SavedState["answers"]} answers @param {SavedState["answers"]} others @returns {boolean} */
export function sameAnswers(answers, others) {
  const values = valuesOf(others);
  return answers.length === others.length && answers.every(({ id, value }) => values.get(id) === value);
}
