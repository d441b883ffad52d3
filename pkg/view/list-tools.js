/** What a visitor can do with the list: buttons in every row, filters and sharing above it, and a line once the goal is reached. */
import { words } from "../messages/list-tools.js";
import { h, httpAddress, icon, isolated, symbol } from "./dom.js";
import { ListFilters } from "./list-filters.js";
import { share } from "./share.js";

/** @import { ListMessages } from "../messages/messages.js" */
/** @import { ListAction, ListActionDetail, Recommendation, ShownItem } from "../types.js" */
/** @import { View } from "./view.js" */

/** Items that "more like this" unfolds. */
const RELATED = 3;

const ICONS = {
  seen: "M2.5 12s3.5-6.5 9.5-6.5 9.5 6.5 9.5 6.5-3.5 6.5-9.5 6.5S2.5 12 2.5 12zM15 12a3 3 0 1 1-6 0a3 3 0 1 1 6 0",
  dismiss: "M6 6l12 12M18 6L6 18",
  more: "M4 8.5h11.5V20H4zM8.5 8.5V4H20v11.5h-4.5M9.75 11.5v5.5M7 14.25h5.5",
  share: "M12 15V3.5M7.5 8L12 3.5 16.5 8M5 12v8.5h14V12",
};

/** @param {"like" | keyof typeof ICONS} kind */
const iconOf = (kind) => (kind === "like" ? icon(kind) : symbol(ICONS[kind], kind));

export class ListTools {
  #view;
  #say;
  /** The row and the button that the focus was on when the list is about to change. @type {{ index: number, kind: ListAction } | null} */
  #focus = null;
  /** @type {Recommendation[]} */
  #recommendations = [];
  /** What was taken off the list, and maybe more. @type {Map<string, ShownItem>} by id */
  #items = new Map();
  /** The ids that were off the list when the note was written. */
  #noted = "";
  #note = h("div", { part: "list-note" });
  #status = h("p", { role: "status" });
  #finish;
  #none;

  /** @param {View} view */
  constructor(view) {
    const { lang, listActions, listFilters, translate } = view.context;
    this.#view = view;
    /** @type {Record<string, ListMessages>} */
    const all = words;
    this.#say = translate(all[new Intl.Locale(lang).language] ?? words.en);
    const filters = new ListFilters(listFilters, this.#say, (changed) => this.#apply(changed), view.context.act);
    this.#none = h("p", { class: "note", part: "list-none", role: "status" });
    const head = h("div", { part: "list-tools" }, filters.element,
      listActions.includes("share") && this.#labelled("share", () => this.#share()));
    this.#note.append(this.#status);
    this.#finish = h("p", { class: "title", role: "status" });
    if (listActions.includes("finish")) this.#addFinish();
    view.list.ol.before(head, this.#note, this.#none);
    this.filters = filters;
    this.#offerBack();
    this.#resume();
  }

  get #on() {
    return this.#view.context.act.on;
  }

  /** Draw the buttons of a row. @param {ShownItem} item */
  row(item) {
    const { listActions } = this.#view.context;
    const kinds = /** @type {const} */ (["like", "seen", "dismiss", "more"]).filter((kind) => listActions.includes(kind));
    const related = h("ul", { part: "related", role: "list", hidden: true });
    const buttons = kinds.map((kind) => {
      const label = kind === "like" ? this.#view.context.t(kind) : this.#say(kind);
      /** @type {HTMLElement} */
      const button = h("button", {
        part: `list-action list-${kind}`, title: label, "aria-label": this.#say("ofTitle", { action: label, title: item.title }),
        "aria-expanded": kind === "more" && "false",
        onclick: () => this.#act(kind, item, button, related),
      }, iconOf(kind));
      return button;
    });
    return [h("div", { part: "list-actions" }, ...buttons), related];
  }

  /** Follow a change of the list. @param {Recommendation[]} recommendations @param {number} count of answers that count */
  shown(recommendations, count) {
    const { goal } = this.#view.context;
    this.#recommendations = recommendations;
    this.filters.show();
    if (this.#noted !== this.#hidden.join()) this.#offerBack();
    this.#none.textContent = recommendations.length === 0 && this.filters.isChosen ? this.#say("filterNone") : "";
    const finished = count >= goal ? this.#say("finish") : "";
    if (this.#finish.textContent !== finished) this.#finish.textContent = finished;
    if (this.#finish.parentElement) this.#finish.parentElement.hidden = !finished;
    const focus = this.#focus;
    this.#focus = null;
    if (!focus) return;
    const rows = [...this.#view.list.ol.children];
    const row = rows[Math.min(focus.index, rows.length - 1)];
    const target = row?.querySelector(`[part~="list-${focus.kind}"]`) ?? this.#view.list.ol;
    /** @type {HTMLElement} */ (target).focus({ preventScroll: true });
  }

  /** @param {"like" | "seen" | "dismiss" | "more"} kind @param {ShownItem} item @param {HTMLElement} button @param {HTMLElement} related */
  async #act(kind, item, button, related) {
    const { act, mode } = this.#view.context;
    if (kind === "more") return this.#unfold(item, button, related);
    this.#focus = { index: [...this.#view.list.ol.children].findIndex((row) => row.contains(button)), kind };
    this.#tell({ action: kind, item });
    // With picks there is no answer that says "not for me".
    if (kind === "like") act.answer(item.id, kind);
    else if (kind === "dismiss" && mode === "rate") act.answer(item.id, "dislike");
    else await this.#hide(item);
  }

  /** Take an item off the list, without an answer. @param {ShownItem} item */
  async #hide(item) {
    this.#items.set(item.id, item);
    this.#on.visit.left.hidden.add(item.id);
    await this.#apply();
  }

  /** Say which item was taken off the list last, and offer to bring it back. */
  async #offerBack() {
    this.#noted = this.#hidden.join();
    // Of an earlier visit, or of another tab.
    if (!this.#hidden.every((id) => this.#items.has(id))) {
      const items = await this.#view.context.act.guard(() => this.#on.visit.items())() ?? [];
      for (const item of items) this.#items.set(item.id, item);
    }
    const item = this.#hidden.map((id) => this.#items.get(id)).findLast(Boolean);
    this.#status.textContent = item ? this.#say("offList", { title: item.title }) : "";
    if (!item) return this.#note.replaceChildren(this.#status);
    this.#note.replaceChildren(this.#status, h("button", { class: "quiet", part: "list-back", onclick: () => {
      this.#on.visit.left.hidden.delete(item.id);
      this.#view.list.ol.focus({ preventScroll: true });
      this.#tell({ action: "back", item });
      this.#apply();
    } }, this.#say("back")));
  }

  /** Ids of what was taken off the list, in that order. */
  get #hidden() {
    return [...this.#on.visit.left.hidden];
  }

  /** Show items like one below it, or fold them. @param {ShownItem} item @param {HTMLElement} button @param {HTMLElement} list */
  async #unfold(item, button, list) {
    const { act, details } = this.#view.context;
    const open = list.hidden;
    if (open) {
      const items = await act.guard(() => this.#on.visit.related(item.id, RELATED, this.#hidden))() ?? [];
      list.replaceChildren(...items.map((own) => {
        const href = httpAddress(own.href);
        const name = isolated(own.title);
        return h("li", {}, h("span", { class: "title" }, href ? h("a", { rel: "noreferrer", href }, name) : name), " ", h("span", { class: "details" }, isolated(details(own))));
      }));
      this.#tell({ action: "more", item, related: items });
    }
    list.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  }

  async #share() {
    const { t, details } = this.#view.context;
    const rows = this.#recommendations.map(({ item }, index) =>
      [`${index + 1}. ${item.title}`, details(item), httpAddress(/** @type {ShownItem} */ (item).href)].filter(Boolean).join(" · "));
    const text = [t("recommended"), ...rows].join("\n");
    const by = await share(text);
    if (by === null) return;
    await this.#offerBack();
    if (by === "clipboard") this.#status.textContent = this.#say("copied");
    if (by === "text") {
      const field = h("textarea", { readonly: true, part: "list-text", rows: 5, "aria-label": this.#say("copyThis") }, text);
      this.#note.append(field);
      field.select();
    }
    this.#tell({ action: "share", item: null, text, by });
  }

  /** Recommend anew by what was left out. @param {Record<string, string>} [filters] that have changed */
  async #apply(filters) {
    const { guard, fireRecommend } = this.#view.context.act;
    if (filters) this.#tell({ action: "filter", item: null, filters });
    await guard(async () => {
      const { visit } = this.#on;
      visit.left.filtered = this.filters.others();
      await visit.refresh();
      this.#on.view.update(this.#on.shown);
      fireRecommend();
    })();
  }

  /** Take up the filters that were chosen before the view was built anew, as they are now. */
  async #resume() {
    await this.filters.filled;
    if (String(this.filters.others()) !== String(this.#on.visit.left.filtered)) await this.#apply();
  }

  #addFinish() {
    const jump = this.#labelled("toList", () => {
      const { ol } = this.#view.list;
      ol.scrollIntoView({ block: "center" });
      ol.focus({ preventScroll: true });
    });
    this.#view.ask.append(h("div", { part: "finish", hidden: true }, this.#finish, h("slot", { name: "finish" }), jump));
  }

  /** @param {"share" | "toList"} kind @param {() => void} onclick */
  #labelled(kind, onclick) {
    return h("button", { class: "plain", part: kind === "share" ? "list-share" : "to-list", onclick }, kind === "share" && iconOf(kind), this.#say(kind));
  }

  /** @param {ListActionDetail} detail */
  #tell(detail) {
    this.#on.fire("listaction", detail);
  }
}
