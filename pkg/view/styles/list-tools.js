/** Style sheet of the tools of the list. */

export const listTools = `
.list-tools, .list-filters { display: flex; flex-wrap: wrap; gap: .4rem; min-inline-size: 0; }
.list-tools { margin-block-start: .5rem; }
.list-filters:empty, .list-none:empty { display: none; }
select { font: inherit; font-size: .875rem; color: inherit; background: var(--_paper); max-inline-size: 100%; min-block-size: 44px; padding-inline: .6rem; border: 1px solid var(--_soft); border-radius: var(--_radius); }
.list-note { display: flex; flex-wrap: wrap; align-items: center; column-gap: .75rem; font-size: .875rem; }
.list-note textarea { font: inherit; color: inherit; background: var(--_paper); inline-size: 100%; border: 1px solid var(--_soft); border-radius: var(--_radius); padding: .5rem; }
.recommendations:focus { outline: none; }
.recommendations:focus-visible { outline: 3px solid var(--_accent); }
/* Above the link that covers the row. */
.list-actions, .related { position: relative; z-index: 1; }
.list-actions { display: flex; margin-block: .1rem -.35rem; margin-inline-start: -.7rem; }
.list-action { display: grid; place-items: center; color: var(--_soft); border-radius: var(--_radius); }
.list-action .icon { inline-size: 1.25rem; block-size: 1.25rem; }
.list-action[aria-expanded="true"] { color: var(--_accent); }
@media (hover: hover) { .list-action:hover { color: var(--_ink); background: color-mix(in srgb, var(--_ink) 8%, transparent); } }
.recommendation .related { display: grid; gap: .3rem; padding-block: .4rem .2rem; padding-inline-start: .75rem; border-inline-start: 3px solid var(--_line); margin-block-start: .35rem; }
.related .title { font-size: .9375rem; }
.recommendation .related a::after { content: none; }
.recommendation .related a:focus-visible { outline: 3px solid var(--_accent); }
.finish { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1rem; padding: .9rem 1rem; border: 2px solid var(--_accent); border-radius: var(--_radius); animation: finish .6s cubic-bezier(.2, 1.4, .4, 1); }
.finish .title { flex: 1 1 10rem; font: 700 1.125rem/1.2 var(--_title-font); }
@keyframes finish { from { opacity: 0; scale: .94; } }
@media (prefers-reduced-motion: reduce) { .finish { animation: none; } }
`;
