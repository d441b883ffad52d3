/** Style sheet of the search: a field over the wall, and the list of results below the field. */

export const search = `
.search > .icon { position: absolute; inset-block-start: calc(50% - .5625rem); inset-inline-start: .75rem; inline-size: 1.125rem; block-size: 1.125rem; color: var(--_soft); pointer-events: none; }
input { font: inherit; color: inherit; inline-size: 100%; min-block-size: 44px; margin: 0; padding-block: 0; padding-inline: 2.375rem .75rem; background: var(--_paper); border: 1px solid var(--_soft); border-radius: var(--_radius); appearance: none; }
input::placeholder { color: var(--_soft); opacity: 1; }
.popup { position: absolute; z-index: 2; inset-block-start: calc(100% + 4px); inset-inline: 0; background: var(--_paper); border: 1px solid var(--_soft); border-radius: var(--_radius); box-shadow: 0 .5rem 1.5rem rgb(0 0 0 / .18); }
.found { max-block-size: min(22rem, 60vh); overflow-y: auto; overscroll-behavior: contain; }
.option { display: grid; grid-template-columns: 1.5rem minmax(0, 1fr); column-gap: .75rem; align-content: center; min-block-size: 52px; padding: .375rem .75rem; cursor: pointer; }
.option + .option { border-block-start: 1px solid var(--_line); }
.option .swatch { grid-row: span 2; align-self: center; inline-size: 1.5rem; block-size: 1.875rem; border-radius: 2px; background: var(--sheet); }
.option .title { align-self: end; font: 700 .9375rem/1.25 var(--_title-font); overflow-wrap: anywhere; hyphens: auto; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: clip; }
.option .details { font-size: .8125rem; line-height: 1.3; color: var(--_soft); }
.option .title:has(+ .details:empty), .option .title:has(+ .details > :empty) { grid-row: span 2; align-self: center; }
.option[aria-selected="true"] { background: var(--_ink); color: var(--_paper); }
.option[aria-selected="true"] .details { color: inherit; }
@media (hover: hover) { .option[aria-selected="false"]:hover { background: color-mix(in srgb, var(--_ink) 8%, transparent); } }
.none { padding: .75rem; color: var(--_soft); }
.found:empty { display: none; }
@media (forced-colors: active) {
  .option[aria-selected="true"] { forced-color-adjust: none; background: Highlight; color: HighlightText; }
}
`;
