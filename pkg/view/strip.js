/** The visitor's answers so far, oldest first. A rating opens to be changed or removed; a pick is removed at once. */
import { Controls, valueText } from "./controls.js";
import { h, icon, quoted } from "./dom.js";
import { toneOf } from "./poster.js";

/** @typedef {import("../element.js").Answered} Answered */
/** @typedef {import("./view.js").Context} Context */

export class Strip {
  #context;
  #list;
  #editor;
  #note;
  /** @type {Map<string, HTMLElement>} */
  #chips = new Map();
  /** @type {{ id: string, controls: Controls } | null} */
  #open = null;

  /** @param {Context} context */
  constructor(context) {
    const { t } = context;
    this.#context = context;
    this.#list = h("ul", { class: "chips", part: "answers", role: "list" });
    this.#editor = h("div", { part: "editor", role: "group", id: "editor", hidden: true });
    this.#note = h("div", { part: "remembered" }, h("p", { class: "note" }, t("remembered")),
      h("button", { class: "quiet", part: "forget", onclick: () => context.act.forget() }, t("forget")));
    this.element = h("section", { part: "strip", "aria-labelledby": "strip", hidden: true },
      h("h3", { id: "strip" }, t("answers")), this.#list, this.#editor, this.#note);
  }

  /** @param {Answered[]} answers @param {boolean} remembered */
  show(answers, remembered) {
    const ids = [...this.#chips.keys()];
    const focused = ids.findIndex((id) => this.#holdsFocus(id));
    const forgetting = this.#note.matches(":focus-within");
    this.#chips = new Map(answers.map((answered) => [answered.item.id, this.#chip(answered)]));
    this.#list.replaceChildren(...this.#chips.values());
    this.element.hidden = answers.length === 0;
    this.#note.hidden = !remembered;
    this.#follow(answers);
    const editing = this.#open && this.#editor.matches(":focus-within");
    if (focused >= 0 && !editing) this.#focusNear(ids, focused);
    if (forgetting && answers.length === 0) this.#context.act.focusTiles();
  }

  #holdsFocus(id) {
    return this.#chips.get(id).matches(":focus-within") || (this.#open?.id === id && this.#editor.matches(":focus-within"));
  }

  /** Keeps the editor on its answer, or closes it when that answer is gone. */
  #follow(answers) {
    if (!this.#open) return;
    const answered = answers.find(({ item }) => item.id === this.#open.id);
    if (!answered) return this.#close();
    this.#open.controls.press(answered.value);
    this.#chips.get(this.#open.id).firstElementChild.setAttribute("aria-expanded", "true");
  }

  /** The focus goes to the same chip, or to the one that took the place of a removed one. */
  #focusNear(ids, index) {
    const chip = this.#chips.get(ids[index]) ?? this.#chips.get(ids[index + 1]) ?? [...this.#chips.values()].at(-1);
    if (chip) chip.firstElementChild.focus();
    else this.#context.act.focusTiles();
  }

  #chip(answered) {
    const { item, value } = answered;
    const picking = this.#context.mode === "pick";
    // That a pick is liked goes without saying.
    const sign = (!picking || value !== "like") && this.#sign(value);
    const name = h("span", { class: "name" }, quoted(item.title));
    // Stars come after the title, as in the chip's name.
    const words = typeof value === "number" ? [name, " ", sign] : [sign, name];
    const button = h("button", {
      part: "chip",
      "data-tone": toneOf(item),
      ...(picking ? this.#removing(answered) : this.#opening(answered)),
    }, ...words, picking && icon("remove"));
    return h("li", {}, button);
  }

  #removing({ item: { id, title } }) {
    return { "aria-label": this.#context.t("remove", { title }), onclick: () => this.#context.act.undo(id) };
  }

  #opening(answered) {
    const { item: { title }, value } = answered;
    return {
      "aria-label": this.#context.t("change", { title, value: valueText(this.#context, value) }),
      "aria-expanded": "false",
      "aria-controls": "editor",
      onclick: () => this.#toggle(answered),
    };
  }

  #sign(value) {
    return typeof value === "number" ? h("span", { class: "value" }, valueText(this.#context, value)) : icon(value);
  }

  #toggle({ item, value }) {
    const wasOpen = this.#open?.id === item.id;
    this.#close();
    if (wasOpen) return;
    const controls = new Controls(this.#context, item.id);
    controls.press(value);
    this.#open = { id: item.id, controls };
    this.#editor.setAttribute("aria-label", item.title);
    this.#editor.replaceChildren(h("p", { class: "title" }, quoted(item.title)), controls.element,
      h("button", { class: "plain", part: "remove", onclick: () => this.#context.act.undo(item.id) }, this.#context.t("remove")));
    this.#editor.hidden = false;
    this.#chips.get(item.id).firstElementChild.setAttribute("aria-expanded", "true");
  }

  #close() {
    this.#open = null;
    this.#editor.hidden = true;
    for (const chip of this.#chips.values()) chip.firstElementChild.setAttribute("aria-expanded", "false");
  }
}
