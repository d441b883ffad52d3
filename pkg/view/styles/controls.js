/** Style sheet of buttons: icons, tools, and the answer controls of a tile. */

export const controls = `
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
.answer.unknown { flex: 1.5 1 44px; font-size: .75rem; line-height: 1.1; font-weight: 600; padding-inline: .5rem; letter-spacing: -.03em; overflow-wrap: anywhere; }
@container (inline-size < 12rem) { .answer.like, .answer.dislike { flex: none; } .answer.unknown { padding-inline: 3px; } }
.answer + .answer { border-inline-start: 1px solid color-mix(in srgb, var(--on) 22%, transparent); }
/* Not on touch screens, where a hover stays after the press. */
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
