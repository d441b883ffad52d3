/** What an element takes from the page around it. */

/**
 * Set again the properties that a page has set before the element was defined: until then they hide its accessors.
 * @param {HTMLElement} element
 */
export function upgradeProperties(element) {
  const properties = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (element));
  for (const [name, value] of Object.entries(element)) {
    if (!(name in Object.getPrototypeOf(element))) continue;
    delete properties[name];
    properties[name] = value;
  }
}

/**
 * Either may be of another document, so that no `instanceof` holds.
 * @typedef {Node & { getAttribute?: Element["getAttribute"], host?: Element }} Around
 */

/** Return the nodes around a node, across shadow roots, closest first. @param {Node} node @returns {Around[]} */
export function around(node) {
  const { parentNode, host } = /** @type {Around} */ (node);
  const next = parentNode ?? host;
  return next ? [next, ...around(next)] : [];
}

/**
 * Return the closest `lang` of an element and its ancestors, across shadow roots.
 * @param {Element} element
 * @returns {string} BCP 47 tag as the page gives it; `en` where it gives none
 */
export function languageOf(element) {
  return [element, ...around(element)].map((node) => node.getAttribute?.("lang")).find(Boolean) ?? "en";
}

/**
 * Return the colour scheme of what is behind an element, or where that is not known of the text around it. A page may be dark by a
 * class alone, without a `color-scheme`.
 * @param {Element} element
 * @returns {"light" | "dark" | ""} empty where the element has a scheme of its own
 */
export function schemeAround(element) {
  const styles = around(element).filter((node) => node.getAttribute).map((node) => getComputedStyle(/** @type {Element} */ (node)));
  const [parent] = styles;
  if (!parent || getComputedStyle(element).colorScheme !== parent.colorScheme) return "";
  const behind = styles.find(({ backgroundColor, backgroundImage }) => backgroundImage !== "none" || !(numbersOf(backgroundColor)[3] < 0.5));
  const isKnown = behind?.backgroundImage === "none";
  return isLight(isKnown ? behind.backgroundColor : parent.color) === isKnown ? "light" : "dark";
}

/** Return the numbers of a computed colour, the fourth of which is its alpha where it has any. @param {string} color */
const numbersOf = (color) => (color.match(/(?<=[( ])-?[\d.]+/g) ?? []).map(Number);

/** @param {string} color as computed, such as rgb(28, 26, 23), oklch(0.9 0 0), lab(93 0 0), color(srgb 1 1 1) */
function isLight(color) {
  const [first, ...others] = numbersOf(color);
  const full = color.startsWith("rgb") ? 255 : color.startsWith("l") ? 100 : 1;
  const lightness = /^(ok)?l/.test(color) ? first : 0.3 * first + 0.59 * others[0] + 0.11 * others[1];
  return lightness > full / 2;
}
