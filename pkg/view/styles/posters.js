/** Style sheet of posters: eight tones, each in a light and a dark ink. Titles have a contrast of 4.5 : 1 on sheet and motif. */

/** For each tone: the sheet under light ink, and the one under dark ink. */
const tones = {
  vermilion: ["#b4391c", "#f2b194"],
  mustard: ["#8a5b08", "#efbf4d"],
  forest: ["#1f5a45", "#abcfb4"],
  petrol: ["#12566a", "#a3ccd4"],
  cobalt: ["#27489a", "#b3c2ea"],
  aubergine: ["#5b2b60", "#d3b5d5"],
  raspberry: ["#9f254a", "#f1b8c4"],
  stone: ["#35322d", "#e3dac8"],
};

export const toneNames = Object.keys(tones);

const sheets = Object.entries(tones).map(([tone, [dark, pale]]) => `
[data-tone="${tone}"] { --tone: ${dark}; --pale: ${pale}; }`).join("");

export const posters = sheets + `
[data-tone] { --sheet: var(--tone); --motif: color-mix(in srgb, var(--tone) 80%, #000); --on: #fff6ea; --shade: color-mix(in srgb, var(--pale) 85%, var(--tone)); --swatch: light-dark(var(--tone), var(--shade)); }
[data-ink="dark"] { --sheet: var(--pale); --motif: var(--shade); --on: color-mix(in srgb, var(--tone) 38%, #000); }
.slot { display: grid; }
.slot > .tile { grid-area: 1 / 1; }
.tile { position: relative; display: grid; grid-template-rows: minmax(0, 1fr) auto; min-inline-size: 0; border-radius: var(--_radius); container-type: inline-size; }
.tile:focus-visible { outline-offset: 2px; }
.poster { position: relative; overflow: hidden; background: var(--sheet); color: var(--on); }
.motif { position: absolute; inset-block-end: 0; inset-inline-end: 0; inline-size: 100%; block-size: 60%; overflow: visible; fill: var(--motif); }
:host(:dir(rtl)) .motif { scale: -1 1; }
.recommendation .motif { block-size: 70%; }
.tile .poster { border-radius: var(--_radius) var(--_radius) 0 0; }
.poster > slot { display: block; block-size: 100%; }
.poster > slot::slotted(*) { display: block; block-size: 100%; }
.image { position: absolute; inset: 0; inline-size: 100%; block-size: 100%; object-fit: cover; opacity: 0; transition: opacity .3s; }
[data-pictured] > .image { opacity: 1; }
.tile .words { position: relative; display: grid; gap: .5rem; padding: clamp(.7rem, 6.5cqi, 1.1rem); }
.tile .title { font: 800 1.25rem/.98 var(--_title-font); letter-spacing: -.035em; text-wrap: balance; overflow-wrap: anywhere; hyphens: auto; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 5; overflow: clip; overflow-clip-margin: .05em; }
.tile .title[data-size="s"] { font-size: clamp(1.5rem, 17cqi, 3rem); }
.tile .title[data-size="m"] { font-size: clamp(1.25rem, 14cqi, 2.375rem); }
.tile .title[data-size="l"] { font-size: clamp(1.0625rem, 11.5cqi, 1.875rem); line-height: 1; }
.tile .title[data-size="xl"] { font-size: clamp(.9375rem, 9cqi, 1.5rem); line-height: 1.04; letter-spacing: -.025em; overflow-clip-margin: .02em; }
.tile .details { font-size: .8125rem; line-height: 1.3; font-weight: 500; }
.recommendation [data-pictured] .rank { padding: .2rem .3rem; margin: -.1rem -.15rem; border-radius: 2px; background: rgb(0 0 0 / .7); color: #fff; }
.stamp { position: absolute; inset-block-end: .5rem; inset-inline: .5rem; display: none; align-items: center; justify-content: space-between; gap: .5rem; padding-inline-start: .7rem; border-radius: var(--_radius); background: var(--on); color: var(--sheet); font-size: .8125rem; font-weight: 700; }
.tile :is([data-pictured], [data-custom]) .stamp { box-shadow: 0 1px 6px rgb(0 0 0 / .35); }
.stamp > span { min-inline-size: 0; line-height: 1.2; overflow-wrap: anywhere; }
[data-answered] .stamp { display: flex; }
@container (inline-size < 10rem) {
  .stamp { gap: .25rem; padding-inline-start: .5rem; font-size: .75rem; }
  .stamp .undo { padding-inline: .4rem; }
  .undo .icon { display: none; }
}
.undo { flex: none; display: inline-flex; align-items: center; gap: .3rem; padding-inline: .6rem; }
.undo .icon { inline-size: 1rem; block-size: 1rem; }
.undo:hover { text-decoration: underline; }
.undo:focus-visible { outline-color: currentColor; outline-offset: -4px; }
/* Scripts that are taller than Latin letters, or written joined. */
.tile .title:is(:lang(ko), :lang(ja), :lang(zh)) { line-height: 1.15; letter-spacing: -.01em; }
:host(:dir(rtl)) .title[data-size] { line-height: 1.15; letter-spacing: 0; }
/* With images the whole image is shown, over its drawing; words and controls are below it, in the colours of the page. */
[data-images] :is(.slot, .wall .skeleton) { block-size: auto !important; }
[data-images] .wall .skeleton { box-sizing: content-box; aspect-ratio: var(--_ratio); padding-block-end: 8.5rem; }
[data-images] .tile { --on: var(--_ink); border: 1px solid var(--_line); background: var(--_paper); }
[data-images] .tile .poster:not([data-custom]) { display: grid; grid-template: auto 5.75rem / minmax(0, 1fr); background: none; }
[data-images] .tile .poster::before { content: ""; inline-size: 100%; aspect-ratio: var(--_ratio); background: var(--sheet); }
[data-images] .tile :is(.image, .motif, .stamp, .check) { grid-area: 1 / 1 / 2 / 2; }
[data-images] .tile .image { object-fit: contain; }
[data-images] .tile .words { grid-area: 2 / 1; gap: .2rem; align-content: start; padding: .6rem .7rem; color: var(--_ink); }
[data-images] .tile .title[data-size] { font-size: clamp(.8125rem, 9cqi, 1rem); line-height: 1.2; letter-spacing: -.01em; -webkit-line-clamp: 2; }
[data-images] .controls { --on: var(--_ink); --sheet: var(--_paper); }
`;
