/** What is remembered of items, as lists that tabs merge: for each item the newest counts. */

/** @import { SavedState } from "./types.js" */

/** @typedef {{ id: string, value: true }} Hidden an item that was taken off the list */
/** @typedef {{ answers: SavedState["answers"], hidden: Hidden[] }} Marks */

/** @type {Marks} */
export const NO_MARKS = { answers: [], hidden: [] };

/** Read the marks of an entry, which may have been tampered with. @param {any} entry @returns {Marks} */
export function marksOf(entry) {
  /** @param {unknown} list */
  const valid = (list) => (Array.isArray(list) ? list : []).filter((mark) => typeof mark?.id === "string" && mark.value);
  return { answers: valid(entry?.answers), hidden: valid(entry?.hidden) };
}

/**
 * Apply a change to marks: return what `after` says of the items that it says something else of than `before`, and what `marks` says
 * of all others.
 * @param {Marks} marks
 * @param {Marks} before
 * @param {Marks} after
 * @returns {Marks}
 */
export function mergeMarks(marks, before, after) {
  /** @template {{ id: string, value: unknown }} T @param {(all: Marks) => T[]} listOf @returns {T[]} */
  const merge = (listOf) => {
    const [old, now] = [before, after].map((all) => new Map(listOf(all).map(({ id, value }) => [id, value])));
    /** @param {T} mark */
    const isChanged = ({ id }) => old.get(id) !== now.get(id);
    return [...listOf(marks).filter((mark) => !isChanged(mark)), ...listOf(after).filter(isChanged)];
  };
  return { answers: merge(({ answers }) => answers), hidden: merge(({ hidden }) => hidden) };
}

/** @param {Marks} marks @param {Marks} others @returns {boolean} whether both say the same, in any order */
export function sameMarks(marks, others) {
  const [one, other] = [marks, others].map(({ answers, hidden }) =>
    JSON.stringify([answers, hidden].map((list) => list.map(({ id, value }) => [value, id].join(" ")).sort())));
  return one === other;
}
