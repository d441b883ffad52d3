/** Draws an item as a small poster from its words: a tone from its genre, a motif from its id, and over them its image, if it has one. */
import { drawing, h, quoted } from "./dom.js";
import { toneNames } from "./styles/posters.js";

/** @typedef {import("../element.js").Item} Item */
/** @typedef {import("./view.js").Context} Context */

/** Flat shapes on a 100 × 60 sheet, each one path, heavy enough to be read in a thumbnail. */
const motifs = [
  "M94 32a25 25 0 1 1-50 0a25 25 0 1 1 50 0z", // a moon
  "M8 60a44 44 0 0 1 88 0z", // a sunrise
  "M10 60V46h15v14zM32 60V32h15v28zM54 60V18h15v42zM76 60V4h15v56z", // a skyline
  "M100 2V60H0z", // a slope
  "M40 60a60 60 0 0 1 60-60v14a46 46 0 0 0-46 46zM68 60a32 32 0 0 1 32-32v14a18 18 0 0 0-18 18z", // echoes
  "M0 60V48h20V36h20V24h20V12h20V0h20v60z", // stairs
  "M40 30a30 30 0 0 1 30-30v30zM100 0a30 30 0 0 1-30 30V0zM70 30v30a30 30 0 0 1-30-30zM70 60a30 30 0 0 1 30-30v30z", // petals
  "M0 30q12.5-16 25 0t25 0 25 0 25 0v10q-12.5 16-25 0t-25 0-25 0-25 0zM0 52q12.5-16 25 0t25 0 25 0 25 0v8H0z", // waves
  "M24 60L84 0h16v4L44 60zM64 60l36-36v20L84 60z", // rays
  "M100 60H52V34a24 24 0 0 1 48 0zM44 60H20V46a12 12 0 0 1 24 0z", // arches
];

/** @param {Item} item */
export function toneOf(item) {
  const [first] = Object.values(item.fields);
  return toneNames[hash((item.fields.genre ?? first)?.[0] ?? item.id) % toneNames.length];
}

/**
 * The attributes that choose an item's colours: attributes, because a strict Content Security Policy refuses inline styles.
 * @param {Item} item
 */
export function dress(item) {
  return { "data-tone": toneOf(item), "data-ink": (hash(item.id) >>> 8) % 5 < 3 ? "light" : "dark" };
}

/**
 * The printed sheet: motif and words. Of spans, as a button may hold nothing else.
 * @param {Item} item
 * @param {...(Node | string | false)} words
 */
export function poster(item, ...words) {
  const motif = drawing(motifs[hash(item.id) % motifs.length], { viewBox: "0 0 100 60", className: "motif", slice: true });
  const sheet = h("span", { part: "poster", ...dress(item) }, motif, ...words);
  if (item.image) motif.after(picture(item.image, sheet));
  return sheet;
}

/** The image over a sheet. Until it is there, or if it never comes, the drawing shows. */
function picture(src, sheet) {
  const image = h("img", {
    part: "image", alt: "", loading: "lazy", decoding: "async", referrerpolicy: "no-referrer",
    onload: () => sheet.setAttribute("data-pictured", ""),
    onerror: () => image.remove(),
    src,
  });
  return image;
}

/**
 * What a tile shows above its buttons: the site's own drawing of the item, or a poster.
 * @param {Context} context
 * @param {Item} item
 * @param {HTMLElement} over what lies on top of either
 * @returns {{ sheet: HTMLElement, named: Record<string, string>, custom: HTMLElement | null }} `named` are the
 *   attributes that name a tile by its words, which stay there for whoever cannot see the site's drawing
 */
export function face({ fields, custom }, item, over) {
  const { words, named } = caption(item, fields);
  const own = custom(item);
  if (!own) return { sheet: poster(item, words, over), named, custom: null };
  words.className = "hidden";
  return { sheet: h("span", { part: "poster", "data-custom": true }, words, h("slot", { name: own.slot }), over), named, custom: own };
}

/**
 * The words on a tile.
 * @param {Item} item
 * @param {string[]} fields names of the fields to print
 * @returns {{ words: HTMLElement, named: Record<string, string> }} the words, and the attributes that name a tile by them
 */
function caption(item, fields) {
  const id = `tile-${encodeURIComponent(item.id)}`;
  // Described as well as named: a remake has the title of what it was made from.
  const named = { "aria-labelledby": id, "aria-describedby": `${id}-details` };
  const words = h("span", { class: "words" },
    h("span", { class: "title", part: "tile-title", "data-size": titleSize(item.title), id }, quoted(item.title)), " ",
    h("span", { class: "details", part: "tile-details", id: named["aria-describedby"] }, quoted(details(item, fields))));
  return { words, named };
}

/** Longest word and whole title, in characters, that each size of letters has room for. */
const sizes = /** @type {const} */ ([["s", 8, 14], ["m", 10, 22], ["l", 12, 34]]);

/** @param {string} title @returns {"s" | "m" | "l" | "xl"} the shorter the title, the larger its letters */
function titleSize(title) {
  const longest = Math.max(...title.split(/[\s-]+/).map((word) => word.length));
  return sizes.find(([, word, whole]) => longest <= word && title.length <= whole)?.[0] ?? "xl";
}

/**
 * @param {Item} item
 * @param {string[]} fields names of the fields to print
 * @returns {string} such as `1999 · Michael Mann`
 */
export function details(item, fields) {
  return fields.map((field) => item.fields[field]?.slice(0, 2).join(", ")).filter(Boolean).join(" · ");
}

/** FNV-1a with a final mix. Any start value will do; this one gives the common film genres tones of their own. */
function hash(text) {
  let value = 225_184;
  for (const unit of new TextEncoder().encode(text)) value = Math.imul(value ^ unit, 0x01000193);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (value ^ (value >>> 12)) >>> 0;
}
