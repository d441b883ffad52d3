/** Style sheet of the recommendations and of the answers given so far. */

export const lists = `
.recommended { display: grid; gap: .35rem; min-inline-size: 0; }
.recommended ol { margin-block-start: .5rem; }
/* The bar lies in the space above the list, so that nothing moves when it is removed. It appears after .4 s, so that it does not flash. */
.loading { display: block; inline-size: 0; border-block-end: 3px solid var(--_accent); margin-block: .35rem calc(-3px - .35rem); }
.waiting { display: block; animation: appear .4s step-end; }
@keyframes appear { from { opacity: 0; } }
.recommended .skeleton { block-size: 4rem; margin-block-end: .5rem; }
.recommendation { position: relative; display: grid; grid-template-columns: 2.875rem minmax(0, 1fr); gap: .75rem; padding-block: .5rem; border-block-start: 1px solid var(--_line); }
.recommendation .poster { inline-size: 2.875rem; block-size: 3.625rem; border-radius: 2px; }
.recommendation .words { overflow-wrap: anywhere; hyphens: auto; align-self: center; display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .1rem .5rem; }
.recommendation .words > :not(.title, .mark) { grid-column: 1 / -1; }
.recommendation .title { font: 700 1rem/1.2 var(--_title-font); letter-spacing: -.01em; text-wrap: balance; }
.recommendation a { color: inherit; text-decoration: underline; text-decoration-thickness: 1px; text-decoration-color: color-mix(in srgb, currentColor 40%, transparent); text-underline-offset: .18em; }
.recommendation a:hover { text-decoration-color: currentColor; }
/* The link covers the whole row. */
.recommendation a::after { content: ""; position: absolute; inset: 0; }
.recommendation a:focus-visible { outline: none; }
.recommendation a:focus-visible::after { outline: 3px solid var(--_accent); outline-offset: -3px; border-radius: var(--_radius); }
.recommendation .details { font-size: .8125rem; line-height: 1.3; color: var(--_soft); }
.because { font-size: .8125rem; line-height: 1.3; color: var(--_accent); text-wrap: pretty; }
.because:empty { display: none; }
.rank { position: absolute; inset-block-start: .2rem; inset-inline-start: .35rem; font: 800 1.0625rem/1 var(--_title-font); letter-spacing: -.03em; font-variant-numeric: tabular-nums; }
.mark { align-self: start; font-size: .75rem; font-weight: 700; line-height: 1; padding: .2rem .35rem; border-radius: 99px; color: var(--_accent); white-space: nowrap; }
.mark:empty { display: none; }
[data-fresh] .mark, [data-discovery] .mark { background: color-mix(in srgb, var(--_accent) 14%, transparent); }

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
