/** Style sheet of tiles that are toggle buttons. A pick is shown by a check mark and a ring, not by colour alone. */

export const picks = `
.pick { text-align: start; user-select: none; -webkit-tap-highlight-color: transparent; }
.pick .poster { border-radius: var(--_radius); }
/* The ring lies inside the sheet, whose colour contrasts with any page. */
.pick[aria-pressed="true"]::after { content: ""; position: absolute; inset: 4px; border: 3px solid var(--on); border-radius: max(0px, var(--_radius) - 2px); pointer-events: none; }
.check { position: absolute; inset-block-end: .7rem; inset-inline-end: .7rem; display: grid; place-items: center; inline-size: 2rem; block-size: 2rem; border: 2px solid var(--on); border-radius: 50%; transition: background-color .15s; }
.check .icon { inline-size: 1.25rem; block-size: 1.25rem; stroke-width: 3; scale: 0; transition: scale .18s cubic-bezier(.3, 1.6, .6, 1); }
/* Over an image or the site's own tile: white with a dark edge, for contrast with any colour. */
.pick:has([data-pictured], [data-custom]), .pick .poster:is([data-pictured], [data-custom]) { --on: #fff; --sheet: #1c1a17; }
.pick:has([data-pictured], [data-custom])::after, :is([data-pictured], [data-custom]) .check { box-shadow: 0 0 0 1px rgb(0 0 0 / .6), inset 0 0 0 1px rgb(0 0 0 / .6); }
:is([data-pictured], [data-custom]) .check { background: rgb(0 0 0 / .55); }
[aria-pressed="true"] .check { background: var(--on); color: var(--sheet); }
[aria-pressed="true"] .check .icon { scale: 1; }
.pick:active .check { background: color-mix(in srgb, var(--on) 45%, transparent); }
@media (hover: hover) {
  .pick[aria-pressed="false"]:hover .check { background: color-mix(in srgb, var(--on) 25%, transparent); }
}
/* Narrow tiles, three to a row on a phone: the words end above the check mark. */
@container (inline-size < 9rem) {
  .check { inline-size: 1.625rem; block-size: 1.625rem; }
  .check .icon { inline-size: 1rem; block-size: 1rem; }
  .pick .title { -webkit-line-clamp: 4; }
  .pick .title[data-size="s"] { font-size: max(1rem, 17cqi); }
  .pick .title[data-size="m"] { font-size: max(.9375rem, 14cqi); }
  .pick .title[data-size="l"] { font-size: max(.875rem, 11.5cqi); }
  .pick .title[data-size="xl"] { font-size: clamp(.75rem, 10.5cqi, .8125rem); }
  .pick .details { font-size: .75rem; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: clip; }
}

.unfolded { animation: unfold .3s; }
@keyframes unfold { from { opacity: 0; scale: .92; } }

/* The wall does not scroll, also on a phone. */
.frame[data-mode="pick"] .wall { grid-auto-flow: row; grid-template-columns: repeat(3, minmax(0, 1fr)); overflow: visible; }
@container (inline-size < 42rem) {
  .frame[data-mode="pick"] .wall { gap: min(var(--_gap), .5rem); }
  .frame[data-mode="pick"] .wall > * { block-size: clamp(10.5rem, 44cqi, 15rem); }
}
@container (inline-size < 20rem) {
  .frame[data-mode="pick"] .wall { grid-template-columns: repeat(2, minmax(0, 1fr)); }
}
@media (forced-colors: active) {
  .check { border-color: ButtonText; }
  [aria-pressed="true"] .check { forced-color-adjust: none; background: Highlight; color: HighlightText; }
  .pick[aria-pressed="true"]::after { border-color: Highlight; }
}
`;
