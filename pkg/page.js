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

/** Call back once, when an element is at most 200 px out of view. @param {Element} element @param {() => void} callback */
export function whenVisible(element, callback) {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    observer.disconnect();
    callback();
  }, { rootMargin: "200px" });
  observer.observe(element);
}
