/** The recommendations: an ordered list that marks what has moved up since the answer before. */
import { reasonText } from "./answers.js";
import { h, httpAddress, isolated } from "./dom.js";
import { reorder } from "./motion.js";
import { colours, poster } from "./poster.js";

/** @import { ProgressDetail, Recommendation, ShownItem } from "../types.js" */
/** @import { Context } from "./context.js" */

/** @typedef {{ row: (item: ShownItem) => HTMLElement[], shown: (recommendations: Recommendation[], count: number) => void }} Tools */

/** @typedef {{ item: ShownItem, element: HTMLElement, poster: HTMLElement, rank: HTMLElement, mark: HTMLElement, because: HTMLElement }} Row a row, and what changes in it */

export class Recommendations {
  #context;
  #digits;
  #heading;
  #note;
  /** The rows. */
  ol;
  /** The tools of the list, where the site asks for any. @type {Tools | null} */
  #tools = null;
  #loading;
  #waiting;
  /** @type {Map<string, Row>} by the item's id, in their order */
  #rows = new Map();

  /** @param {Context} context */
  constructor(context) {
    this.#context = context;
    this.#digits = new Intl.NumberFormat(context.lang);
    this.#heading = h("h3", { id: "recommended", part: "recommendations-heading" });
    this.#note = h("p", { class: "note" });
    this.ol = h("ol", { part: "recommendations", role: "list" });
    this.#loading = h("span", { part: "loading", role: "progressbar", "aria-label": context.t("loading") });
    this.#waiting = h("span", { class: "waiting" }, context.t("loading"), this.#loading);
    this.element = h("section", { part: "recommended", "aria-labelledby": "recommended" }, this.#heading, this.#note, this.ol);
  }

  /** Draw rows with tools from now on. @param {Tools} tools */
  use(tools) {
    this.#tools = tools;
    this.ol.tabIndex = -1;
    this.#rows.clear();
  }

  /** Show blank rows while the model loads. @param {number} count */
  wait(count) {
    if (!this.#note.contains(this.#waiting)) {
      this.#headline(0);
      this.#note.replaceChildren(this.#waiting);
    }
    this.ol.replaceChildren(...Array.from({ length: count }, () => h("li", { class: "skeleton", "aria-hidden": "true" })));
  }

  /** Show how much of the bundle has arrived. @param {ProgressDetail} progress */
  load({ loaded, total }) {
    const share = Math.round((100 * loaded) / total);
    this.#loading.ariaValueNow = String(share);
    this.#loading.style.inlineSize = `${share}%`;
  }

  /**
   * Show recommendations.
   * @param {Recommendation[]} recommendations
   * @param {object} options
   * @param {number} options.count of the ratings or picks that they rest on
   * @param {(id: string) => boolean} options.answered whether an item has an answer
   * @param {boolean} options.moving whether to mark what has moved since the list before
   */
  show(recommendations, { count, answered, moving }) {
    // Items that left because they were answered do not count as places gained.
    const before = [...this.#rows.keys()].filter((id) => !answered(id));
    this.#headline(count);
    this.#rows = new Map(recommendations.map(({ item, because, discovery = false }, rank) => {
      const row = this.#rows.get(item.id) ?? this.#row(item);
      row.rank.textContent = this.#digits.format(rank + 1);
      row.because.textContent = count > 0 ? reasonText(this.#context, because) : "";
      row.element.toggleAttribute("data-discovery", discovery);
      this.#mark(row, moving ? before.indexOf(item.id) : rank, rank, before.length);
      return [item.id, row];
    }));
    this.recolour();
    reorder(this.ol, [...this.#rows.values()].map(({ element }) => element));
    // A filter may leave nothing, and is to be changed then.
    this.element.hidden = recommendations.length === 0 && !this.#tools;
    this.#tools?.shown(recommendations, count);
  }

  /** Give the rows the colours that their items have on the wall. */
  recolour() {
    for (const { item, poster: own } of this.#rows.values()) {
      for (const [name, value] of Object.entries(colours(item))) own.setAttribute(name, value);
    }
  }

  /** Without answers the list is a first guess: what most people like. @param {number} count */
  #headline(count) {
    const { t } = this.#context;
    this.#heading.textContent = t(count ? "recommended" : "start");
    this.#note.textContent = t(count ? "recommendedNote" : "startNote", { count });
  }

  /** Mark a row as new or moved up. @param {Row} row @param {number} from rank before, -1 if none @param {number} to @param {number} length of the list before */
  #mark(row, from, to, length) {
    const { t } = this.#context;
    const up = from > to;
    // A row that fills a rank left free at the end is not marked as new.
    const fresh = from < 0 && to < length;
    row.element.toggleAttribute("data-fresh", fresh);
    if (row.element.dataset.discovery !== undefined) return row.mark.replaceChildren(t("discovery"));
    row.mark.replaceChildren(
      ...(fresh ? [t("fresh")] : []),
      ...(up ? [h("span", { "aria-hidden": "true" }, `↑\u2009${this.#digits.format(from - to)}`), h("span", { class: "hidden" }, t("movedUp", { count: from - to }))] : []));
  }

  /** @param {ShownItem} item @returns {Row} */
  #row(item) {
    const rank = h("span", { class: "rank", "aria-hidden": "true" });
    const mark = h("span", { part: "mark" });
    const because = h("p", { part: "because" });
    const href = httpAddress(item.href);
    const drawn = poster(item, rank);
    const element = h("li", { part: "recommendation" }, drawn,
      h("div", { class: "words" },
        h("p", { class: "title", part: "recommendation-title" }, href ? h("a", { part: "recommendation-link", rel: "noreferrer", href }, isolated(item.title)) : isolated(item.title)),
        mark,
        h("p", { class: "details" }, isolated(this.#context.details(item))),
        because, ...(this.#tools?.row(item) ?? [])));
    return { item, element, poster: drawn, rank, mark, because };
  }
}
