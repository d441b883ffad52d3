/** Draw an item as a poster: a tone that its neighbours do not have, a motif from its id, its words, and its image over them where it has one. */
import { drawing, h, isolated } from "./dom.js";
import { toneNames } from "./styles/posters.js";

/** @import { Item, ShownItem } from "../types.js" */
/** @import { Context } from "./context.js" */

/** Shapes on a 100 × 60 sheet, each one path. */
const motifs = [
  "M94 32a25 25 0 1 1-50 0a25 25 0 1 1 50 0z", // a moon
  "M8 60a44 44 0 0 1 88 0z", // a sunrise
  "M10 60V46h15v14zM32 60V32h15v28zM54 60V18h15v42zM76 60V4h15v56z", // a skyline
  "M100 2V60H0z", // a slope
  "M40 60a60 60 0 0 1 60-60v14a46 46 0 0 0-46 46zM68 60a32 32 0 0 1 32-32v14a18 18 0 0 0-18 18z", // echoes
  "M0 60V48h20V36h20V24h20V12h20V0h20v60z", // stairs
  "M24 60L84 0h16v4L44 60zM64 60l36-36v20L84 60z", // rays
];

const TONES = toneNames.length;
/** Every tone in light ink, then every tone in dark ink. */
const LOOKS = 2 * TONES;

/** The look of items that have been on a wall, by id. List and answers show the same. @type {Map<string, number>} */
const looks = new Map();

/** @param {string} id @returns {number} 0 to `LOOKS` − 1 */
const lookOf = (id) => looks.get(id) ?? hash(id) % LOOKS;

/** Choose the look of an item on a wall: one that no other there has, in a tone that the fewest have. @param {string} id @param {Iterable<string>} others ids */
export function distinguish(id, others) {
  const used = [...others].filter((own) => own !== id).map(lookOf);
  /** @param {number} look */
  const cost = (look) => used.filter((own) => own % TONES === look % TONES).length + LOOKS * used.filter((own) => own === look).length;
  const all = Array.from({ length: LOOKS }, (_, step) => (lookOf(id) + step) % LOOKS);
  // Of equals the first: the item's own, if it is one of them.
  looks.set(id, all.reduce((best, look) => (cost(look) < cost(best) ? look : best)));
}

/** @param {Item} item */
export const toneOf = ({ id }) => toneNames[lookOf(id) % TONES];

/**
 * Return the attributes that choose an item's colours. A strict Content Security Policy refuses inline styles.
 * @param {Item} item
 */
export function colours(item) {
  return { "data-tone": toneOf(item), "data-ink": lookOf(item.id) < TONES ? "light" : "dark" };
}

/**
 * Draw the sheet: motif and words, in spans, as a button may hold nothing else.
 * @param {ShownItem} item
 * @param {...(Node | string | false)} words
 */
export function poster(item, ...words) {
  const motif = drawing(motifs[hash(item.id) % motifs.length], { viewBox: "0 0 100 60", className: "motif", slice: true });
  const sheet = h("span", { part: "poster", ...colours(item) }, motif, ...words);
  if (item.image) motif.after(picture(item.image, sheet));
  return sheet;
}

/** Create the image over a sheet. The drawing shows until the image has loaded, and where it cannot be. @param {string} src @param {HTMLElement} sheet */
function picture(src, sheet) {
  /** @type {HTMLImageElement} */
  const image = h("img", {
    part: "image", alt: "", loading: "lazy", decoding: "async", referrerpolicy: "no-referrer",
    onload: () => sheet.setAttribute("data-pictured", ""),
    onerror: () => image.remove(),
    src,
  });
  return image;
}

/**
 * Draw what a tile shows above its buttons: the site's own tile, or a poster.
 * @param {Context} context
 * @param {ShownItem} item
 * @param {HTMLElement} over what lies on top of either
 * @returns {{ sheet: HTMLElement, naming: Record<string, string>, siteTile: HTMLElement | null }} `naming`: the attributes
 *   that name a tile by its words, which a screen reader reads over the site's own tile too
 */
export function face({ fields, siteTile: drawSiteTile }, item, over) {
  const { words, naming } = caption(item, fields);
  const siteTile = drawSiteTile(item);
  if (!siteTile) return { sheet: poster(item, words, over), naming, siteTile };
  words.className = "hidden";
  return { sheet: h("span", { part: "poster", "data-custom": true }, words, h("slot", { name: siteTile.slot }), over), naming, siteTile };
}

/**
 * Create the words on a tile, and the attributes that name the tile by them.
 * @param {Item} item
 * @param {string[]} fields names of the fields to print
 */
function caption(item, fields) {
  const id = `tile-${encodeURIComponent(item.id)}`;
  // Described by its details: two items may have the same title.
  const naming = { "aria-labelledby": id, "aria-describedby": `${id}-details` };
  const words = h("span", { class: "words" },
    h("span", { class: "title", part: "tile-title", "data-size": titleSize(item.title), id }, isolated(item.title)), " ",
    h("span", { class: "details", part: "tile-details", id: naming["aria-describedby"] }, isolated(details(item, fields))));
  return { words, naming };
}

/** The most characters that each size of letters has room for, in a word and in the whole title. */
const sizes = /** @type {const} */ ([["s", 7, 14], ["m", 9, 22], ["l", 11, 34]]);

/** Choose the size of a title's letters: the shorter the title, the larger they are. @param {string} title @returns {"s" | "m" | "l" | "xl"} */
function titleSize(title) {
  const longest = Math.max(...title.split(/[\s-]+/).map((word) => word.length));
  return sizes.find(([, word, whole]) => longest <= word && title.length <= whole)?.[0] ?? "xl";
}

/**
 * Return an item's details, such as `1999 · Michael Mann`: at most two values of each field.
 * @param {Item} item
 * @param {string[]} fields names of the fields to print
 * @returns {string}
 */
export function details(item, fields) {
  return fields.map((field) => item.fields[field]?.slice(0, 2).join(", ")).filter(Boolean).join(" · ");
}

/** Hash a text: a polynomial of its code units in 31. @param {string} text @returns {number} 32 bits */
function hash(text) {
  let value = 0;
  for (let index = 0; index < text.length; index++) value = (Math.imul(value, 31) + text.charCodeAt(index)) >>> 0;
  return value;
}
