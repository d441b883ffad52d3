/** The element's style sheet: constructed, because a strict Content Security Policy refuses inline styles. `element.d.ts` describes its parts. */
import { controls } from "./controls.js";
import { frame } from "./frame.js";
import { lists } from "./lists.js";
import { picks } from "./picks.js";
import { posters } from "./posters.js";
import { search } from "./search.js";

/** @type {WeakMap<Document, CSSStyleSheet>} */
const sheets = new WeakMap();

/** Return the sheet that all elements of a document share: no other document takes it. @param {Document} document @returns {CSSStyleSheet} */
export function stylesheet(document) {
  let sheet = sheets.get(document);
  if (!sheet) {
    sheet = new (document.defaultView ?? globalThis).CSSStyleSheet();
    sheet.replaceSync(frame + controls + search + posters + picks + lists);
    sheets.set(document, sheet);
  }
  return sheet;
}
