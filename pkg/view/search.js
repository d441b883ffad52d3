/** The view of the search: a combobox over the whole catalogue. What is chosen is put on the wall. */
import { h, isolated, symbol } from "./dom.js";

/** @import { ShownItem } from "../types.js" */
/** @import { Context } from "./context.js" */

const GLASS = "M16.5 10.5a6 6 0 1 1-12 0a6 6 0 1 1 12 0zM15 15l5.5 5.5";

export class Search {
  #context;
  #input;
  #list;
  #none;
  #popup;
  #status;

  /** Number of the latest query; raised by closing too. Results of older queries are dropped. */
  #query = 0;
  /** @type {ShownItem[]} */
  #found = [];
  /** Index of the active option, -1 for none. */
  #active = -1;

  /** @param {Context} context */
  constructor(context) {
    const { t } = context;
    this.#context = context;
    this.#input = h("input", {
      type: "text", role: "combobox", part: "search-input",
      inputmode: "search", enterkeyhint: "search", autocomplete: "off", autocapitalize: "none", spellcheck: "false",
      "aria-label": t("search"), placeholder: t("search"),
      "aria-autocomplete": "list", "aria-controls": "found", "aria-expanded": "false",
      oninput: (/** @type {Event} */ event) => this.#onInput(event),
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.#onKey(event),
      onkeyup: (/** @type {Event} */ event) => event.stopPropagation(),
      onkeypress: (/** @type {Event} */ event) => event.stopPropagation(),
      onblur: () => this.#close(),
    });
    this.#list = h("ul", { class: "found", part: "search-results", role: "listbox", id: "found", "aria-label": t("searchLabel") });
    this.#none = h("p", { class: "none" }, t("searchNone"));
    // Keep the focus in the input while the list is pressed.
    this.#popup = h("div", { class: "popup", hidden: true, onmousedown: (/** @type {Event} */ event) => event.preventDefault() }, this.#list, this.#none);
    this.#status = h("p", { class: "hidden", role: "status" });
    this.parts = [symbol(GLASS, "search"), this.#input, this.#popup, this.#status];
  }

  /** Search, and keep the event from the page: it is no input of its form. @param {Event} event */
  #onInput(event) {
    event.stopPropagation();
    this.#search();
  }

  async #search() {
    const query = ++this.#query;
    const text = this.#input.value.trim();
    if (!text) return this.#close();
    const found = await this.#context.act.search(text);
    if (found && query === this.#query) this.#show(found);
  }

  /** @param {ShownItem[]} found */
  #show(found) {
    const { t } = this.#context;
    this.#found = found;
    this.#list.replaceChildren(...found.map((item, index) => this.#option(item, index)));
    this.#none.hidden = found.length > 0;
    this.#popup.hidden = false;
    this.#input.setAttribute("aria-expanded", String(found.length > 0));
    this.#status.textContent = found.length > 0 ? t("searchResults", { count: found.length }) : t("searchNone");
    this.#activate(-1);
  }

  /** @param {ShownItem} item @param {number} index */
  #option(item, index) {
    return h("li", { class: "option", part: "search-option", role: "option", id: `found-${index}`, onclick: () => this.#choose(item) },
      h("span", { class: "swatch", ...this.#context.look(item) }),
      h("span", { class: "title" }, isolated(item.title)),
      h("span", { class: "details" }, isolated(this.#context.details(item))));
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const { key, isComposing, ctrlKey, metaKey } = event;
    // A page takes the element for the target, and what is typed for its shortcuts.
    if (key !== "Escape" && key !== "Tab" && !ctrlKey && !metaKey) event.stopPropagation();
    // An input method uses Enter and the arrows while it composes a syllable.
    if (isComposing) return;
    if (key === "Enter") {
      event.preventDefault();
      if (this.#found.length > 0) this.#choose(this.#found[Math.max(this.#active, 0)]);
    } else if (key === "Escape" && (this.#input.value || !this.#popup.hidden)) {
      event.preventDefault();
      event.stopPropagation();
      if (this.#popup.hidden) this.#input.value = "";
      else this.#close();
    } else if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      this.#step(key === "ArrowDown" ? 1 : -1);
    }
  }

  /** Move to the next or previous option, round by way of the input itself; open the list where it is closed. @param {number} by */
  #step(by) {
    if (this.#popup.hidden) return this.#search();
    const stops = this.#found.length + 1;
    this.#activate(((this.#active + 1 + by + stops) % stops) - 1);
  }

  /** @param {number} index -1 for none */
  #activate(index) {
    this.#active = index;
    [...this.#list.children].forEach((option, own) => option.setAttribute("aria-selected", String(own === index)));
    if (index < 0) return this.#input.removeAttribute("aria-activedescendant");
    this.#input.setAttribute("aria-activedescendant", `found-${index}`);
    this.#list.children[index].scrollIntoView({ block: "nearest" });
  }

  /** @param {ShownItem} item */
  #choose(item) {
    this.#input.value = "";
    this.#close();
    this.#context.act.choose(item);
  }

  #close() {
    this.#query++;
    this.#found = [];
    this.#popup.hidden = true;
    this.#list.replaceChildren();
    this.#status.textContent = "";
    this.#input.setAttribute("aria-expanded", "false");
    this.#input.removeAttribute("aria-activedescendant");
  }
}
