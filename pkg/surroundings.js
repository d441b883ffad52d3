/** Watch what is around an element and in it: its children, its page, the other tabs, and whether it is in view. */
import { around } from "./page.js";

/**
 * @typedef {object} Listeners
 * @property {() => void} children the page has changed the element's children
 * @property {() => void} page the page has changed, maybe its language or its colours
 * @property {(event: StorageEvent) => void} storage another tab has changed an entry
 */

export class Surroundings {
  #element;
  #children;
  #page;
  #dark = matchMedia("(prefers-color-scheme: dark)");
  #onPage;
  #onStorage;
  /** @type {(event: Event) => void} */
  #onFade;
  /** @type {IntersectionObserver | undefined} */
  #sight;

  /** @param {HTMLElement} element @param {Listeners} listeners */
  constructor(element, { children, page, storage }) {
    this.#element = element;
    this.#onPage = page;
    this.#onStorage = storage;
    // Until then a colour that changes slowly is computed as it was.
    this.#onFade = ({ target }) => /** @type {Node} */ (target).contains?.(element) && page();
    this.#children = new MutationObserver(children);
    this.#page = new MutationObserver(page);
  }

  /** Watch, while the element is in a page. */
  connect() {
    this.#children.observe(this.#element, { childList: true, subtree: true, attributeFilter: ["disabled", "slot"] });
    for (const node of around(this.#element)) this.#page.observe(node, { attributes: true });
    this.#dark.addEventListener("change", this.#onPage);
    addEventListener("storage", this.#onStorage);
    addEventListener("transitionend", this.#onFade);
  }

  disconnect() {
    this.#children.disconnect();
    this.#page.disconnect();
    this.#sight?.disconnect();
    this.#dark.removeEventListener("change", this.#onPage);
    removeEventListener("storage", this.#onStorage);
    removeEventListener("transitionend", this.#onFade);
  }

  /** Call back once, when the element is at most 200 px out of view; undefined for not any more. @param {() => void} [callback] */
  whenVisible(callback) {
    this.#sight?.disconnect();
    if (!callback) return;
    const sight = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      sight.disconnect();
      callback();
    }, { rootMargin: "200px" });
    this.#sight = sight;
    sight.observe(this.#element);
  }
}
