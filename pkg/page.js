/** An element and the page around it. */

/** Properties that a page has set before the element was defined hide its accessors. @param {HTMLElement} element */
export function setAgain(element) {
  for (const [name, value] of Object.entries(element)) {
    if (!(name in Object.getPrototypeOf(element))) continue;
    delete element[name];
    element[name] = value;
  }
}

/** The language of the page around an element, also from inside of other elements. */
export function languageOf(element) {
  for (let node = element; node; node = node.parentNode ?? node.host) {
    if (node.getAttribute?.("lang")) return node.getAttribute("lang");
  }
  return "en";
}

/** Calls back once the element is about to come into view. */
export function whenSeen(element, callback) {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    observer.disconnect();
    callback();
  }, { rootMargin: "200px" });
  observer.observe(element);
}
