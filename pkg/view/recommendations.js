/** The recommendations: an ordered list that shows what moved since the answer before. */
import { becauseText } from "./controls.js";
import { h, quoted, webAddress } from "./dom.js";
import { reorder } from "./motion.js";
import { details, poster } from "./poster.js";

/** @typedef {import("../element.js").Recommendation} Recommendation */
/** @typedef {import("./view.js").Context} Context */

/** The least share of the scale by which an answer must have moved a prediction to be given as its reason. */
const WORTH_SAYING = 1 / 80;

export class Recommendations {
  #context;
  #digits;
  #heading;
  #note;
  #list;
  #loading;
  /** @type {Map<string, HTMLElement>} rows in their order */
  #rows = new Map();

  /** @param {Context} context */
  constructor(context) {
    this.#context = context;
    this.#digits = new Intl.NumberFormat(context.lang);
    this.#heading = h("h3", { id: "recommended", part: "recommendations-heading" });
    this.#note = h("p", { class: "note" });
    this.#list = h("ol", { part: "recommendations", role: "list" });
    this.#loading = h("span", { part: "loading", role: "progressbar", "aria-label": context.t("loading") });
    this.element = h("section", { part: "recommended", "aria-labelledby": "recommended" }, this.#heading, this.#note, this.#list);
  }

  /** Blank rows while the model loads. @param {number} count */
  wait(count) {
    this.#headline(0);
    this.#note.replaceChildren(this.#context.t("loading"), this.#loading);
    this.#list.replaceChildren(...Array.from({ length: count }, () => h("li", { class: "skeleton", "aria-hidden": "true" })));
  }

  /** How much of the bundle has come. @param {import("../session/models.js").Progress} progress */
  load({ loaded, total }) {
    const share = Math.round((100 * loaded) / total);
    this.#loading.ariaValueNow = share;
    this.#loading.style.inlineSize = `${share}%`;
  }

  /**
   * @param {Recommendation[]} recommendations
   * @param {{ count: number, answered: (id: string) => boolean, moving: boolean }} since how many ratings or
   *   picks they rest on; what has an answer by now; whether to mark what moved since the list before
   */
  show(recommendations, { count, answered, moving }) {
    // An item that left because it was answered moves nobody up.
    const before = [...this.#rows.keys()].filter((id) => !answered(id));
    this.#headline(count);
    this.#rows = new Map(recommendations.map(({ item, because }, rank) => {
      const row = this.#rows.get(item.id) ?? this.#row(item);
      row.querySelector(".rank").textContent = this.#digits.format(rank + 1);
      row.querySelector(".because").textContent = this.#matters(because) ? becauseText(this.#context, because) : "";
      this.#mark(row, moving ? before.indexOf(item.id) : rank, rank, before.length);
      return [item.id, row];
    }));
    reorder(this.#list, [...this.#rows.values()]);
  }

  /** Without answers the list is a first guess: the highest predictions for someone unknown. */
  #headline(count) {
    const { t } = this.#context;
    this.#heading.textContent = t(count ? "recommended" : "start");
    this.#note.textContent = t(count ? "recommendedNote" : "startNote", { count });
  }

  /** @param {Recommendation["because"]} because */
  #matters(because) {
    const { kind, scale: { min, max } } = this.#context;
    // Where a model was trained on picks its scores are no ratings, and have no scale to measure by.
    return because !== null && (kind === "picks" || because.influence >= WORTH_SAYING * (max - min));
  }

  /** @param {HTMLElement} row @param {number} from rank before, -1 if none @param {number} to @param {number} length of the list before */
  #mark(row, from, to, length) {
    const { t } = this.#context;
    const up = from > to;
    // A row that merely fills a place left free at the end is nothing to point at.
    const fresh = from < 0 && to < length;
    row.toggleAttribute("data-fresh", fresh);
    row.querySelector(".mark").replaceChildren(
      ...(fresh ? [t("fresh")] : []),
      ...(up ? [h("span", { "aria-hidden": "true" }, `↑\u2009${this.#digits.format(from - to)}`), h("span", { class: "hidden" }, t("movedUp", { count: from - to }))] : []));
  }

  #row(item) {
    const thumb = poster(item, h("span", { class: "rank", "aria-hidden": "true" }));
    const href = webAddress(item.href);
    return h("li", { part: "recommendation" }, thumb,
      h("div", { class: "words" },
        h("p", { class: "title", part: "recommendation-title" }, href ? h("a", { part: "recommendation-link", rel: "noreferrer", href }, quoted(item.title)) : quoted(item.title)),
        h("span", { part: "mark" }),
        h("p", { class: "details" }, quoted(details(item, this.#context.fields))),
        h("p", { part: "because" })));
  }
}
