/** The element's style sheet: constructed, because a strict Content Security Policy refuses inline styles. Its parts are described in `element.d.ts`. */
import { picking } from "./pick-styles.js";
import { posters } from "./poster-styles.js";
import { searching } from "./search-styles.js";

/** @type {CSSStyleSheet | undefined} */
let sheet;

/** Made on first use, so that importing this module needs no DOM. @returns {CSSStyleSheet} shared by all elements */
export function stylesheet() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(frame + controls + searching + posters + picking + lists);
  }
  return sheet;
}

const frame = `
:host {
  --_ink: var(--few-clicks-ink, light-dark(#1c1a17, #f1ede4));
  --_soft: var(--few-clicks-soft, light-dark(#615c54, #a8a196));
  --_line: var(--few-clicks-line, light-dark(#dcd6ca, #3a3732));
  --_accent: var(--few-clicks-accent, light-dark(#a83417, #f0946f));
  --_paper: var(--few-clicks-paper, light-dark(#fff, #161412));
  --_radius: var(--few-clicks-radius, 4px);
  --_gap: var(--few-clicks-gap, .75rem);
  --_title-font: var(--few-clicks-title-font, "Helvetica Neue", Inter, Roboto, "Arial Nova", "Liberation Sans", Arial, sans-serif);
  display: block;
  container-type: inline-size;
  color: var(--_ink);
  font: 400 1rem/1.45 var(--few-clicks-font, var(--_title-font));
  text-align: start;
}
:host([hidden]), [hidden] { display: none !important; }
*, *::before, *::after { box-sizing: border-box; }
h2, h3, p, ul, ol { margin: 0; padding: 0; }
ul, ol { list-style: none; }
.hidden { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.frame { position: relative; display: grid; gap: 1.25rem; --more: 0px; }
.frame[data-rating="stars"] { --more: 2.25rem; }
:focus-visible { outline: 3px solid var(--_accent); outline-offset: 2px; }
/* Clear of whatever sticks to the top of the page. */
button, input, a, .tile { scroll-margin-block: var(--few-clicks-sticky-top, 1rem) 1rem; }
.frame[inert] { opacity: .45; }

header { display: grid; align-items: end; gap: 1rem; }
h2 { font: 800 clamp(1.5rem, 1.1rem + 1.6cqi, 2.125rem)/1.08 var(--_title-font); letter-spacing: -.025em; text-wrap: balance; }
h3 { font: 700 1.125rem/1.2 var(--_title-font); letter-spacing: -.01em; }
:host(:dir(rtl)) :is(h2, h3) { line-height: 1.3; letter-spacing: 0; }
.frame:lang(ko) { word-break: keep-all; overflow-wrap: break-word; }
.frame:lang(ja) { word-break: auto-phrase; }
.lead, .standing { display: grid; gap: .4rem; }
.intro, .note { color: var(--_soft); font-size: .9375rem; max-inline-size: 72ch; text-wrap: pretty; }
.note:empty { display: none; }
.line { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: .75rem; }
.line .quiet { margin-block: -.8rem -.7rem; }
.missing { font-size: .8125rem; line-height: 1.3; min-block-size: 1lh; color: var(--_soft); text-wrap: pretty; }
.line .count { flex: 1 1 8rem; }
.count { font-size: .875rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.bar { display: flex; gap: 3px; block-size: 10px; }
.step { flex: 1; border-radius: 2px; background: var(--_line); transition: background-color .3s; }
.step[data-tone] { background: var(--swatch); }

.body { display: grid; gap: 1.75rem; align-items: start; }
.ask { display: grid; gap: 1rem; min-inline-size: 0; }
.empty { display: none; color: var(--_soft); padding-block: 2rem; }
.wall:empty + .empty { display: block; }
.wall {
  display: grid; gap: var(--_gap);
  grid-auto-flow: column; grid-auto-columns: clamp(10rem, 44cqi, 13rem);
  overflow-x: auto; overscroll-behavior-inline: contain; scroll-snap-type: inline proximity; scrollbar-width: thin;
  scroll-padding-inline: 4px; padding: 4px; margin: -4px;
}
.frame[data-rating="stars"] .wall { grid-auto-columns: clamp(15rem, 64cqi, 17rem); }
.slot, .wall .skeleton { scroll-snap-align: start; block-size: calc(clamp(15.5rem, 62cqi, 18rem) + var(--more)); }

@container (inline-size >= 42rem) {
  header, .body { grid-template-columns: minmax(0, 1fr) clamp(14.5rem, 31cqi, 22rem); column-gap: clamp(1.25rem, 3.5cqi, 3rem); }
  .body { grid-template-areas: "ask list" "strip list"; grid-template-rows: auto 1fr; }
  .ask { grid-area: ask; }
  .recommended { grid-area: list; position: sticky; inset-block-start: var(--few-clicks-sticky-top, 1rem); }
  .strip { grid-area: strip; }
  .wall { grid-auto-flow: row; grid-template-columns: repeat(3, minmax(0, 1fr)); overflow: visible; }
  .frame[data-rating="stars"] .wall { grid-template-columns: repeat(auto-fill, minmax(14.5rem, 1fr)); }
  .slot, .wall .skeleton { block-size: calc(clamp(13rem, 21cqi, 16rem) + var(--more)); }
}

.aside { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .5rem 1rem; padding: .5rem; padding-inline-start: 1rem; border: 1px solid var(--_line); border-radius: var(--_radius); color: var(--_soft); }
.aside .plain, .failure .plain { color: var(--_ink); border-color: currentColor; }
.failure { display: grid; gap: 1rem; justify-items: start; padding: 1.5rem; border: 1px solid var(--_line); border-radius: var(--_radius); }
.failure .title { font: 700 1.125rem/1.3 var(--_title-font); }

.skeleton { border-radius: var(--_radius); background: var(--_line); opacity: .55; animation: breathe 1.6s ease-in-out infinite alternate; }
.skeleton:nth-child(2n) { animation-delay: .3s; }
.skeleton:nth-child(3n) { animation-delay: .6s; }
@keyframes breathe { to { opacity: .25; } }
@media (prefers-reduced-motion: reduce) { .skeleton { animation: none; } * { transition: none !important; } }
`;

const controls = `
button { font: inherit; color: inherit; background: none; border: 0; padding: 0; min-block-size: 44px; min-inline-size: 44px; cursor: pointer; touch-action: manipulation; }
:host(:dir(rtl)) .icon-undo { scale: -1 1; }
.icon-dislike { rotate: 180deg; }
.icon { inline-size: 1.375rem; block-size: 1.375rem; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linejoin: round; stroke-linecap: round; flex: none; }

.plain { display: inline-flex; align-items: center; justify-content: center; gap: .4rem; padding-inline: clamp(.6rem, 2cqi, .9rem); border: 1px solid var(--_line); border-radius: var(--_radius); font-size: .875rem; font-weight: 600; }
.plain .icon { inline-size: 1.125rem; block-size: 1.125rem; }
.plain[aria-disabled="true"] { color: var(--_soft); opacity: .6; cursor: default; }
.tools { display: flex; flex-wrap: wrap; gap: .4rem; }
.ask > [inert] { opacity: .5; }
.quiet { padding-inline: .25rem; margin-inline: -.25rem; font-size: .875rem; line-height: 1.2; color: var(--_soft); text-align: start; text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: .2em; }
.others { border-color: currentColor; }
.reset { border-color: transparent; margin-inline-start: auto; padding-inline: .25rem; font-weight: 400; color: var(--_soft); }

.controls { display: flex; }
.tile .controls { background: var(--sheet); border-radius: 0 0 var(--_radius) var(--_radius); border-block-start: 1px solid color-mix(in srgb, var(--on) 22%, transparent); overflow: hidden; }
.editor .controls { --on: var(--_ink); --sheet: var(--_paper); }
.answer { flex: 1 0 44px; display: grid; place-items: center; color: var(--on); transition: background-color .15s; }
.answer.unknown { flex: 1.5 1 44px; font-size: .75rem; line-height: 1.1; font-weight: 600; padding-inline: 4px; overflow-wrap: anywhere; }
@container (inline-size < 10rem) { .answer.like, .answer.dislike { flex: none; } }
.answer + .answer { border-inline-start: 1px solid color-mix(in srgb, var(--on) 22%, transparent); }
/* Not for a finger: it would leave its hover behind on whatever comes up under it. */
@media (hover: hover) {
  .plain:not([aria-disabled="true"], .reset):hover { border-color: currentColor; }
  .reset:not([aria-disabled="true"]):hover { text-decoration: underline; }
  .quiet:hover { color: var(--_ink); }
  .answer:not(.star):hover { background: color-mix(in srgb, var(--on) 14%, transparent); }
  .star:hover .icon, .star:has(~ .star:hover) .icon { fill: currentColor; }
  .star:hover ~ .star .icon { fill: none; }
  .chip:hover { border-block-color: currentColor; border-inline-end-color: currentColor; }
}
.answer:not(.star):active { background: color-mix(in srgb, var(--on) 26%, transparent); }
.answer:not(.star)[aria-pressed="true"] { background: var(--on); color: var(--sheet); }
.answer:focus-visible { outline-color: currentColor; outline-offset: -5px; }
.answer.like[aria-pressed="true"] .icon, .answer.dislike[aria-pressed="true"] .icon { fill: currentColor; }

[data-rating="stars"] .controls { flex-direction: column; }
.stars { display: flex; }
.star + .star { border: 0; }
.star[data-lit] .icon { fill: currentColor; }
[data-rating="stars"] .answer.unknown { border: 0; border-block-start: 1px solid color-mix(in srgb, var(--on) 22%, transparent); }
`;

const lists = `
.recommended { display: grid; gap: .35rem; min-inline-size: 0; }
.recommended ol { margin-block-start: .5rem; }
/* In the space above the list, so that nothing moves when it goes; and with its words not seen where they would only flash. */
.loading { display: block; inline-size: 0; border-block-end: 3px solid var(--_accent); margin-block: .35rem calc(-3px - .35rem); }
.note:has(.loading) { animation: appear .4s step-end; }
@keyframes appear { from { opacity: 0; } }
.recommended .skeleton { block-size: 4rem; margin-block-end: .5rem; }
.recommendation { position: relative; display: grid; grid-template-columns: 2.875rem minmax(0, 1fr); gap: .75rem; padding-block: .5rem; border-block-start: 1px solid var(--_line); }
.recommendation .poster { inline-size: 2.875rem; block-size: 3.625rem; border-radius: 2px; }
.recommendation .words { overflow-wrap: anywhere; hyphens: auto; align-self: center; display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .1rem .5rem; }
.recommendation .words > :not(.title, .mark) { grid-column: 1 / -1; }
.recommendation .title { font: 700 1rem/1.2 var(--_title-font); letter-spacing: -.01em; text-wrap: balance; }
.recommendation a { color: inherit; text-decoration: underline; text-decoration-thickness: 1px; text-decoration-color: color-mix(in srgb, currentColor 40%, transparent); text-underline-offset: .18em; }
.recommendation a:hover { text-decoration-color: currentColor; }
/* The whole row follows the link. */
.recommendation a::after { content: ""; position: absolute; inset: 0; }
.recommendation a:focus-visible { outline: none; }
.recommendation a:focus-visible::after { outline: 3px solid var(--_accent); outline-offset: -3px; border-radius: var(--_radius); }
.recommendation .details { font-size: .8125rem; line-height: 1.3; color: var(--_soft); }
.because { font-size: .8125rem; line-height: 1.3; color: var(--_accent); text-wrap: pretty; }
.because:empty { display: none; }
.rank { position: absolute; inset-block-start: .2rem; inset-inline-start: .35rem; font: 800 1.0625rem/1 var(--_title-font); letter-spacing: -.03em; font-variant-numeric: tabular-nums; }
.mark { align-self: start; font-size: .75rem; font-weight: 700; line-height: 1; padding: .2rem .35rem; border-radius: 99px; color: var(--_accent); white-space: nowrap; }
.mark:empty { display: none; }
[data-fresh] .mark { background: color-mix(in srgb, var(--_accent) 14%, transparent); }

.strip { display: grid; grid-template-columns: minmax(0, 1fr); gap: .6rem; min-inline-size: 0; }
.chips li { max-inline-size: 100%; }
.chips { display: flex; flex-wrap: wrap; gap: .4rem; }
.chip { display: inline-flex; align-items: center; gap: .45rem; max-inline-size: 100%; padding-inline: .7rem .8rem; border: 1px solid var(--_line); border-inline-start: 6px solid var(--swatch); border-radius: var(--_radius); font-size: .875rem; }
.chip .icon { inline-size: 1.0625rem; block-size: 1.0625rem; }
.chip .name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-weight: 600; }
.chip .value { color: var(--_soft); white-space: nowrap; }
.chip[aria-expanded="true"] { border-block-color: currentColor; border-inline-end-color: currentColor; }
.remembered { display: flex; flex-wrap: wrap; align-items: center; column-gap: 1rem; }
.editor { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem .75rem; padding: .6rem .75rem; border: 1px solid var(--_ink); border-radius: var(--_radius); }
.editor .title { flex: 1 1 10rem; font: 700 1rem/1.2 var(--_title-font); }
.editor .controls { flex: 1 1 12rem; max-inline-size: 16rem; border: 1px solid var(--_line); border-radius: var(--_radius); }

@media (forced-colors: active) {
  .motif { display: none; }
  .frame[inert] { color: GrayText; }
  .controls, .tile, .step, .chip, .recommendation .poster { border: 1px solid CanvasText; }
  .answer[aria-pressed="true"] { forced-color-adjust: none; background: Highlight; color: HighlightText; }
  .step[data-tone] { forced-color-adjust: none; background: Highlight; }
}
`;
