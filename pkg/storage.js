/**
 * Keeps a visitor's answers in this browser, one entry per bundle. Storage may be full, forbidden or
 * tampered with: then nothing is remembered, and nothing breaks.
 */

/** @typedef {import("./fewclicks.js").SavedState} SavedState */

const key = (bundle) => `few-clicks:${bundle}`;

/**
 * @param {string} bundle absolute URL of the bundle
 * @returns {SavedState | null}
 */
export function recall(bundle) {
  try {
    return JSON.parse(localStorage.getItem(key(bundle)) ?? "null");
  } catch {
    return null;
  }
}

/** @param {string} bundle @param {SavedState} state */
export function keep(bundle, state) {
  try {
    localStorage.setItem(key(bundle), JSON.stringify(state));
  } catch {
    // Full or forbidden: the answers simply last as long as the page.
  }
}

/** @param {string} bundle */
export function drop(bundle) {
  try {
    localStorage.removeItem(key(bundle));
  } catch {
    // Forbidden storage holds nothing to drop.
  }
}
