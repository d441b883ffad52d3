/** Finds a title by its name, to be laid on the wall: a combobox over the whole catalogue. */
import { h, icon, quoted } from "./dom.js";
import { details, dress } from "./poster.js";

/** @typedef {import("../element.js").Item} Item */
/** @typedef {import("./view.js").Context} Context */

export class Search {
  #context;
  #input;
  #list;
  #none;
  #popup;
  #status;

  /** Raised with everything typed and every closing: what is found for older text comes too late. */
  #asked = 0;
  /** @type {Item[]} */
  #found = [];
  /** Place of the active option, -1 for none. */
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
      oninput: (event) => this.#typed(event),
      onkeydown: (event) => this.#pressed(event),
      onblur: () => this.#close(),
    });
    this.#list = h("ul", { class: "found", part: "search-results", role: "listbox", id: "found", "aria-label": t("searchLabel") });
    this.#none = h("p", { class: "none" }, t("searchNone"));
    // A press on the list leaves the focus where it is.
    this.#popup = h("div", { class: "popup", hidden: true, onmousedown: (event) => event.preventDefault() }, this.#list, this.#none);
    this.#status = h("p", { class: "hidden", role: "status" });
    this.element = h("div", { part: "search" }, icon("search"), this.#input, this.#popup, this.#status);
  }

  /** What is typed here is no input of the page's form. */
  #typed(event) {
    event.stopPropagation();
    this.#ask();
  }

  async #ask() {
    const asked = ++this.#asked;
    const text = this.#input.value.trim();
    if (!text) return this.#close();
    const found = await this.#context.act.search(text);
    if (found && asked === this.#asked) this.#show(found);
  }

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

  #option(item, index) {
    return h("li", { class: "option", part: "search-option", role: "option", id: `found-${index}`, onclick: () => this.#choose(item) },
      h("span", { class: "swatch", ...dress(item) }),
      h("span", { class: "title" }, quoted(item.title)),
      h("span", { class: "details" }, quoted(details(item, this.#context.fields))));
  }

  #pressed(event) {
    const { key, isComposing } = event;
    // Enter and the arrows belong to whoever is still composing a syllable.
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

  /** Goes round, by way of the input itself; opens the list again where it was closed. */
  #step(by) {
    if (this.#popup.hidden) return this.#ask();
    const stops = this.#found.length + 1;
    this.#activate(((this.#active + 1 + by + stops) % stops) - 1);
  }

  #activate(index) {
    this.#active = index;
    [...this.#list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === index)));
    if (index < 0) return this.#input.removeAttribute("aria-activedescendant");
    this.#input.setAttribute("aria-activedescendant", `found-${index}`);
    this.#list.children[index].scrollIntoView({ block: "nearest" });
  }

  #choose(item) {
    this.#input.value = "";
    this.#close();
    this.#context.act.found(item);
  }

  #close() {
    this.#asked++;
    this.#found = [];
    this.#popup.hidden = true;
    this.#list.replaceChildren();
    this.#status.textContent = "";
    this.#input.setAttribute("aria-expanded", "false");
    this.#input.removeAttribute("aria-activedescendant");
  }
}
