/** The element's style sheet: constructed, because a strict Content Security Policy refuses inline styles. `element.d.ts` describes its parts. */
import { controls } from "./controls.js";
import { frame } from "./frame.js";
import { lists } from "./lists.js";
import { picks } from "./picks.js";
import { posters } from "./posters.js";

/** What every element has. */
export const base = frame + controls + posters + picks + lists;

/** By their text. @type {WeakMap<Document, Map<string, CSSStyleSheet>>} */
const sheets = new WeakMap();

/** Return the sheet that all elements of a document share: no other document takes it. @param {Document} document @param {string} text @returns {CSSStyleSheet} */
export function stylesheet(document, text) {
  const own = sheets.get(document) ?? new Map();
  sheets.set(document, own);
  if (!own.has(text)) {
    const sheet = new (document.defaultView ?? globalThis).CSSStyleSheet();
    sheet.replaceSync(text);
    own.set(text, sheet);
  }
  return own.get(text);
}
