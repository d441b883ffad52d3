/** What this browser remembers of a visit: its answers, and what was taken off the list. All tabs of a site share it. */
import { marksOf, mergeMarks, NO_MARKS, sameMarks } from "./marks.js";
import { loadState, mergeState, removeState } from "./storage.js";

/** @import { Marks } from "./marks.js" */
/** @import { SavedState } from "./types.js" */

/**
 * The visit, as far as it is remembered.
 * @typedef {object} Visited
 * @property {{ state?: SavedState }} snapshot
 * @property {{ hidden: Set<string> }} left
 */

export { removeState };

export class Remembered {
  /** The current one. @type {Visited} */
  visit;
  #settings;
  /** What was here when the entry was last read or written. */
  #known = NO_MARKS;
  /** @type {string | null} of that entry */
  #key = null;

  /** @param {Visited} visit @param {{ storageKey: string | null }} settings a null key remembers nothing; it may change at any time */
  constructor(visit, settings) {
    this.visit = visit;
    this.#settings = settings;
  }

  /**
   * Read the entry, and take what is in it off the list.
   * @param {SavedState | null} state to go on from: of a former visit, or of the browser's history, which is older than the entry
   * @returns {SavedState | null} not validated; null where there is nothing to go on from
   * @throws an error of code `bad-state` where the entry is no JSON
   */
  load(state) {
    const isFirst = this.#key === null;
    const before = this.#before;
    const entry = this.#read();
    if (state && !(isFirst && entry)) {
      const marks = mergeMarks(this.#known, before, { ...this.#marks, answers: state.answers });
      this.#hide(marks);
      return { ...state, answers: marks.answers };
    }
    if (!entry) return null;
    const { hidden, ...saved } = entry;
    this.#hide(this.#known);
    return saved;
  }

  /**
   * Remember what is here, without user fields, which the site sets again where it still knows them.
   * @returns {boolean} whether another tab has changed the entry meanwhile: `follow` takes that over
   */
  save() {
    const { state } = this.visit.snapshot;
    if (!state) return false;
    const [key, marks] = [this.#settings.storageKey, this.#marks];
    const merged = mergeState(key, this.#before, { ...state, user: {} }, marks);
    if (!merged) return false;
    this.#key = key;
    this.#known = marks;
    return !sameMarks(merged, marks);
  }

  /**
   * Follow a change by another tab. It is the change that counts, not the entry: where two tabs write at once, the entry has the marks of
   * only one.
   * @param {Pick<StorageEvent, "oldValue" | "newValue">} [event] without it, all that the entry says
   * @returns {SavedState["answers"] | null} the answers there are to be here; null where nothing changes
   */
  follow(event) {
    if (!event) this.#read();
    const marks = event ? followChange(this.#marks, event) : this.#known;
    if (sameMarks(marks, this.#marks)) return null;
    this.#hide(marks);
    return marks.answers;
  }

  /** Forget everything. */
  remove() {
    this.#known = NO_MARKS;
    removeState(this.#settings.storageKey);
  }

  /** @returns {Marks} what was here when this entry was last read or written */
  get #before() {
    return this.#key === this.#settings.storageKey ? this.#known : NO_MARKS;
  }

  /** @returns {Marks} what is here */
  get #marks() {
    const { snapshot: { state }, left: { hidden } } = this.visit;
    return { answers: state?.answers ?? [], hidden: [...hidden].map((id) => ({ id, value: true })) };
  }

  #read() {
    this.#key = this.#settings.storageKey;
    const entry = loadState(this.#key);
    this.#known = marksOf(entry);
    return entry;
  }

  /** @param {Marks} marks */
  #hide({ hidden }) {
    this.visit.left.hidden = new Set(hidden.map(({ id }) => id));
  }
}

/** Apply a change of the entry to marks. @param {Marks} marks @param {Pick<StorageEvent, "oldValue" | "newValue">} event @returns {Marks} */
function followChange(marks, { oldValue, newValue }) {
  try {
    const [before, after] = [oldValue, newValue].map((text) => marksOf(JSON.parse(text ?? "null")));
    return mergeMarks(marks, before, after);
  } catch {
    // No JSON, so not written by an element.
    return marks;
  }
}
