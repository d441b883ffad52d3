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
 * Return the closest `lang` of an element and its ancestors, across shadow roots.
 * @param {Element} element
 * @returns {string} BCP 47 tag as the page gives it; `en` where it gives none
 */
export function languageOf(element) {
  /** Either may be of another document, so that no `instanceof` holds. @type {(Node & { getAttribute?: Element["getAttribute"], host?: Element }) | null} */
  let node = element;
  while (node) {
    const lang = node.getAttribute?.("lang");
    if (lang) return lang;
    node = node.parentNode ?? node.host ?? null;
  }
  return "en";
}

/**
 * Return the colour scheme of the text around an element. A page may be dark by a class alone, without a `color-scheme`.
 * @param {Element} element
 * @returns {"light" | "dark" | ""} empty where the element has a scheme of its own
 */
export function schemeAround(element) {
  const parent = element.parentElement ?? /** @type {ShadowRoot} */ (element.parentNode)?.host;
  if (!parent) return "";
  const { color, colorScheme } = getComputedStyle(parent);
  if (getComputedStyle(element).colorScheme !== colorScheme) return "";
  // Such as rgb(28, 26, 23), oklch(0.9 0 0), lab(93 0 0), color(srgb 1 1 1).
  const [first, ...others] = (color.match(/(?<=[( ])[\d.]+/g) ?? []).map(Number);
  const full = color.startsWith("rgb") ? 255 : color.startsWith("l") ? 100 : 1;
  const lightness = /^(ok)?l/.test(color) ? first : 0.3 * first + 0.59 * others[0] + 0.11 * others[1];
  return lightness > full / 2 ? "dark" : "light";
}
