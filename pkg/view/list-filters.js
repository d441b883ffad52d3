/** Filters of the list: for each field a choice of one of its values. Numbers of many values, such as years, are grouped by tens. */
import { h } from "./dom.js";

/** @import { translator } from "../messages/translator.js" */
/** @import { ShownItem } from "../types.js" */
/** @import { Actions } from "./context.js" */

/** Numbers of more different values are grouped. */
const MAX_NUMBERS = 12;
/** The most values of a field that can be chosen: the most common ones. */
const MAX_VALUES = 40;

/** @typedef {{ field: string, valuesOf: (item: ShownItem) => string[] }} Filter */

export class ListFilters {
  #act;
  /** @type {ShownItem[]} */
  #items = [];
  /** @type {(Filter & { select: HTMLSelectElement })[]} */
  #filters = [];
  element = h("div", { part: "list-filters" });

  /**
   * @param {string[]} fields each a field's name, or the name, a colon and the label
   * @param {ReturnType<typeof translator>} say
   * @param {(changed: Record<string, string>) => void} changed called with what is chosen, by field
   * @param {Actions} act
   */
  constructor(fields, say, changed, act) {
    this.#act = act;
    this.filled = this.#fill(fields, say, changed);
  }

  /** @param {string[]} fields @param {ReturnType<typeof translator>} say @param {(changed: Record<string, string>) => void} changed */
  async #fill(fields, say, changed) {
    if (fields.length > 0) this.#items = await this.#act.guard(() => this.#act.on.visit.items())() ?? [];
    for (const entry of fields.filter((own) => own.split(":")[0])) {
      const [field, label = field[0].toUpperCase() + field.slice(1)] = entry.split(":");
      const filter = filterOf(field, this.#items);
      const values = count(this.#items.flatMap(filter.valuesOf));
      if (values.length === 0) continue;
      const name = label.replaceAll("_", " ");
      const select = h("select", { part: "list-filter", "aria-label": name, onchange: (/** @type {Event} */ event) => {
        // The page takes it for a change of what the form sends, which follows by itself.
        event.stopPropagation();
        const chosen = this.#chosen;
        if (select.value) chosen[field] = select.value;
        else delete chosen[field];
        changed({ ...chosen });
      }, oninput: (/** @type {Event} */ event) => event.stopPropagation() },
      h("option", { value: "" }, say("filterAll", { field: name })),
      ...values.map((value) => h("option", {}, value)));
      this.#filters.push({ ...filter, select });
      this.element.append(select);
    }
    this.show();
    const chosen = this.#chosen;
    // What the site offers no more is no filter any more.
    for (const field of Object.keys(chosen)) if (!this.#filters.some((filter) => filter.field === field)) delete chosen[field];
  }

  get #chosen() {
    return this.#act.on.visit.left.chosen;
  }

  get isChosen() {
    return Object.keys(this.#chosen).length > 0;
  }

  /** Show what is chosen. */
  show() {
    for (const { field, select } of this.#filters) select.value = this.#chosen[field] ?? "";
  }

  /** Return the ids of the items that do not have the chosen values. @returns {string[]} */
  others() {
    const chosen = this.#chosen;
    const filters = this.#filters.filter(({ field }) => chosen[field]);
    if (filters.length === 0) return [];
    return this.#items.filter((item) => !filters.every(({ field, valuesOf }) => valuesOf(item).includes(chosen[field]))).map(({ id }) => id);
  }
}

/** @param {string} field @param {ShownItem[]} items @returns {Filter} */
export function filterOf(field, items) {
  const own = (/** @type {ShownItem} */ item) => [...item.fields[field] ?? []];
  const all = new Set(items.flatMap(own));
  const grouped = all.size > MAX_NUMBERS && [...all].every((value) => Number.isInteger(Number(value)));
  return { field, valuesOf: grouped ? (item) => [...new Set(own(item).map(tens))] : own };
}

/** Return such as "1990–1999". @param {string} value */
function tens(value) {
  const first = Math.floor(Number(value) / 10) * 10;
  return `${first}–${first + 9}`;
}

/** Return the most common values, sorted. @param {string[]} values */
function count(values) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const common = [...counts].sort(([, one], [, other]) => other - one).slice(0, MAX_VALUES);
  return common.map(([value]) => value).sort((one, other) => one.localeCompare(other, undefined, { numeric: true }));
}
