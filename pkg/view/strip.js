/** The strip of answers so far, oldest first. A rating opens an editor that changes or removes it; a pick is removed at once. */
import { valueText } from "./answers.js";
import { Controls } from "./controls.js";
import { h, icon, isolated } from "./dom.js";
import { toneOf } from "./poster.js";

/** @import { Answer, Answered } from "../types.js" */
/** @import { Context } from "./context.js" */

/** @typedef {{ element: HTMLElement, button: HTMLElement }} Chip */

export class Strip {
  #context;
  #list;
  #editor;
  #note;
  /** @type {Map<string, Chip>} by the item's id */
  #chips = new Map();
  /** @type {{ id: string, controls: Controls } | null} the answer in the editor */
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

  /** Show the answers. @param {Answered[]} answers @param {boolean} remembered */
  show(answers, remembered) {
    const ids = [...this.#chips.keys()];
    const focused = ids.findIndex((id) => this.#holdsFocus(id));
    const forgetting = this.#note.matches(":focus-within");
    this.#chips = new Map(answers.map((answered) => [answered.item.id, this.#chip(answered)]));
    this.#list.replaceChildren(...[...this.#chips.values()].map(({ element }) => element));
    this.element.hidden = answers.length === 0;
    this.#note.hidden = !remembered;
    this.#follow(answers);
    const editing = this.#open && this.#editor.matches(":focus-within");
    if (focused >= 0 && !editing) this.#focusNear(ids, focused);
    if (forgetting && answers.length === 0) this.#context.act.focusTiles();
  }

  /** @param {string} id */
  #holdsFocus(id) {
    return this.#chips.get(id)?.button.matches(":focus") || (this.#open?.id === id && this.#editor.matches(":focus-within"));
  }

  /** Update the editor to its answer, or close it where that answer was removed. @param {Answered[]} answers */
  #follow(answers) {
    const open = this.#open;
    if (!open) return;
    const answered = answers.find(({ item }) => item.id === open.id);
    if (!answered) return this.#close();
    open.controls.press(answered.value);
    this.#chips.get(open.id)?.button.setAttribute("aria-expanded", "true");
  }

  /** Move the focus to a chip, or to its neighbour where it was removed. @param {string[]} ids before @param {number} index of the chip before */
  #focusNear(ids, index) {
    const chip = this.#chips.get(ids[index]) ?? this.#chips.get(ids[index + 1]) ?? [...this.#chips.values()].at(-1);
    if (chip) chip.button.focus();
    else this.#context.act.focusTiles();
  }

  /** @param {Answered} answered @returns {Chip} */
  #chip(answered) {
    const { item, value } = answered;
    const picking = this.#context.mode === "pick";
    // A pick needs no sign: it is always a like.
    const sign = (!picking || value !== "like") && this.#sign(value);
    const name = h("span", { class: "name" }, isolated(item.title));
    // Stars come after the title, as in the chip's accessible name.
    const words = typeof value === "number" ? [name, " ", sign] : [sign, name];
    const button = h("button", {
      part: "chip",
      "data-tone": toneOf(item),
      ...(picking ? this.#removing(answered) : this.#opening(answered)),
    }, ...words, picking && icon("remove"));
    return { element: h("li", {}, button), button };
  }

  /** @param {Answered} answered */
  #removing({ item: { id, title } }) {
    return { "aria-label": this.#context.t("remove", { title }), onclick: () => this.#context.act.undo(id) };
  }

  /** @param {Answered} answered */
  #opening(answered) {
    const { item: { title }, value } = answered;
    return {
      "aria-label": this.#context.t("change", { title, value: valueText(this.#context, value) }),
      "aria-expanded": "false",
      "aria-controls": "editor",
      onclick: () => this.#toggle(answered),
    };
  }

  /** @param {Answer} value */
  #sign(value) {
    return typeof value === "number" ? h("span", { class: "value" }, valueText(this.#context, value)) : icon(value);
  }

  /** @param {Answered} answered */
  #toggle({ item, value }) {
    const wasOpen = this.#open?.id === item.id;
    this.#close();
    if (wasOpen) return;
    const controls = new Controls(this.#context, item.id);
    controls.press(value);
    this.#open = { id: item.id, controls };
    this.#editor.setAttribute("aria-label", item.title);
    this.#editor.replaceChildren(h("p", { class: "title" }, isolated(item.title)), controls.element,
      h("button", { class: "plain", part: "remove", onclick: () => this.#context.act.undo(item.id) }, this.#context.t("remove")));
    this.#editor.hidden = false;
    this.#chips.get(item.id)?.button.setAttribute("aria-expanded", "true");
  }

  #close() {
    this.#open = null;
    this.#editor.hidden = true;
    for (const { button } of this.#chips.values()) button.setAttribute("aria-expanded", "false");
  }
}
