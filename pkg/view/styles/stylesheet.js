/** The element's style sheet: constructed, because a strict Content Security Policy refuses inline styles. `element.d.ts` describes its parts. */
import { controls } from "./controls.js";
import { frame } from "./frame.js";
import { lists } from "./lists.js";
import { picks } from "./picks.js";
import { posters } from "./posters.js";
import { search } from "./search.js";

/** @type {CSSStyleSheet | undefined} */
let sheet;

/** Return the sheet that all elements share. Built on first use, so that importing this module needs no DOM. */
export function stylesheet() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(frame + controls + search + posters + picks + lists);
  }
  return sheet;
}
