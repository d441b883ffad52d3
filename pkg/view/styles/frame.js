/** Style sheet of the frame: custom properties, type, header, progress, the columns and the wall's grid. */

export const frame = `
:host {
  --_ink: var(--few-clicks-ink, light-dark(#1c1a17, #f1ede4));
  --_soft: var(--few-clicks-soft, light-dark(#615c54, #a8a196));
  --_line: var(--few-clicks-line, light-dark(#dcd6ca, #3a3732));
  --_accent: var(--few-clicks-accent, light-dark(#a83417, #f0946f));
  --_paper: var(--few-clicks-paper, light-dark(#fff, #161412));
  --_radius: var(--few-clicks-radius, 4px);
  --_gap: var(--few-clicks-gap, .75rem);
  --_ratio: var(--few-clicks-image-ratio, 2 / 3);
  --_title-font: var(--few-clicks-title-font, "Helvetica Neue", Inter, Roboto, "Arial Nova", "Liberation Sans", Arial, sans-serif);
  display: block;
  container-type: inline-size;
  font: 400 1rem/1.45 var(--few-clicks-font, var(--_title-font));
  text-align: start;
}
/* Chromium before 123 and Safari before 17.5. */
@supports not (color: light-dark(red, red)) { :host { --_ink: CanvasText; --_soft: CanvasText; --_line: GrayText; --_accent: LinkText; --_paper: Canvas; } }
:host([hidden]), [hidden] { display: none !important; }
*, *::before, *::after { box-sizing: border-box; }
h2, h3, p, ul, ol { margin: 0; padding: 0; }
ul, ol { list-style: none; }
.hidden { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.frame { color: var(--_ink); position: relative; display: grid; gap: 1.25rem; --more: 0px; }
.frame[data-rating="stars"] { --more: 2.25rem; }
:focus-visible { outline: 3px solid var(--_accent); outline-offset: 2px; }
/* Keep what scrolls into view below a sticky header of the page. */
button, input, a, .tile { scroll-margin-block: var(--few-clicks-sticky-top, 1rem) 1rem; }
/* And what is missing, which is said above the tiles. */
.wall { scroll-margin-block-start: calc(var(--few-clicks-sticky-top, 1rem) + 3rem); }
.frame[inert] { opacity: .45; }

header { display: grid; align-items: end; gap: 1rem; }
h2 { font: 800 clamp(1.5rem, 1.1rem + 1.6cqi, 2.125rem)/1.08 var(--_title-font); letter-spacing: -.025em; text-wrap: balance; }
h2 > slot::slotted(*) { margin: 0; font: inherit; }
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
.search { position: relative; min-block-size: 44px; max-inline-size: 24rem; }
@container (inline-size < 42rem) { .search { max-inline-size: none; } }
.demand { color: var(--_accent); font-weight: 600; }
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
@media (prefers-reduced-motion: reduce) { .skeleton, .unfolded { animation: none; } * { transition: none !important; } }
`;
