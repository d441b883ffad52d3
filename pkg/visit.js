/** One visitor with one bundle: open the session, tell it what the site has set, and hold what there is to show. */
import { loadRemembered, loadSearch } from "./addons.js";
import { fewClicksError, messageOf } from "./error.js";
import { showItems } from "./overrides.js";
import { openSession } from "./session/engine.js";

/** @import { Entry } from "./overrides.js" */
/** @import { Remembered } from "./remembered.js" */
/** @import { Names } from "./search.js" */
/** @import { Connection } from "./session/protocol.js" */
/** @import { Change, List, Snapshot } from "./session/session.js" */
/** @import { Answer, Answered, BundleInfo, Item, Reason, Recommendation, SavedState, ShownItem } from "./types.js" */
/** @import { Progress } from "./fewclicks.js" */
/** @import { Left } from "./view/context.js" */
/** @import { VisitEvents, VisitOptions, VisitSettings, VisitSnapshot } from "./visit-types.js" */

/** Milliseconds without a byte after which loading has stalled. */
export const STALL = 8000;

export class Visit {
  /** With its items as they are shown. @type {VisitSnapshot} */
  snapshot;
  /** @type {BundleInfo | null} null until the model is there */
  info = null;
  /** Whether there is no model yet, so that answers are kept as early ones. */
  early = true;
  /** What the visitor has left out of the list. @type {Left} */
  left = nothingLeft();
  /** What "start over" has taken back, until the next answer. @type {{ state: SavedState, left: Left } | null} */
  resetState = null;
  /** What has arrived of the bundle. @type {Progress | null} */
  progress = null;
  /** Answers given before the model was there, by the item's id. @type {Map<string, Answered>} */
  earlyAnswers = new Map();
  /** Settles once the model is there; rejects with a `FewClicksError`. @type {Promise<void>} */
  opened;
  #settings;
  #events;
  /** @type {SavedState | null} to go on from */
  #savedState;
  /** @type {Promise<Connection>} */
  #connection;
  /** Whether nothing arrived for `STALL`. */
  stalled = false;
  /** Whether `opened` has settled. */
  #settled = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** Null until it is there, and where nothing is remembered. @type {Remembered | null} */
  #remembered = null;
  /** Number of changes that the model has not carried out yet. */
  #pending = 0;
  /** @param {Item} item @returns {ShownItem} */
  #show = (item) => this.#settings.show(item);
  /** Created by the first search. @type {Promise<Names> | null} */
  #names = null;

  /** @param {VisitOptions<Visit>} options @param {VisitSettings} settings @param {VisitEvents<Visit>} events */
  constructor({ bundle, worker, state, former }, settings, events) {
    this.bundle = bundle;
    this.worker = worker;
    this.#settings = settings;
    this.#events = events;
    this.#savedState = state;
    if (former?.bundle === bundle) {
      this.earlyAnswers = former.earlyAnswers;
      this.left = former.left;
      this.#remembered = former.#remembered;
      if (this.#remembered) this.#remembered.visit = this;
    }
    this.snapshot = this.#earlySnapshot();
    this.#watch();
    this.#connection = openSession(bundle, worker, (progress) => {
      this.#watch();
      if (!progress) return;
      const first = !this.progress;
      this.progress = progress;
      events.progress(this, first);
    }, former?.stalled);
    this.#remember();
    this.opened = this.#begin();
    const end = () => {
      clearTimeout(this.#timer);
      this.#settled = true;
    };
    // Those who await it handle a failure; where nobody does it is not to be reported as unhandled.
    this.opened.then(end, end);
  }

  /** Wait for the next piece. */
  #watch() {
    clearTimeout(this.#timer);
    if (this.stalled || this.#settled) return;
    this.#timer = setTimeout(() => {
      this.stalled = true;
      this.#events.stall(this, fewClicksError("network", `${this.bundle}: nothing has arrived for ${STALL / 1000} seconds.`));
    }, STALL);
  }

  async #begin() {
    const { info } = await this.#connection;
    // Answers from now on wait for `opened`.
    this.early = false;
    await this.#exclude();
    await this.#describeAll();
    await this.#remember();
    const saved = this.#loadState();
    if (saved && !(await this.#try("restore", saved))) this.#forget();
    for (const [id, { value }] of this.earlyAnswers) await this.#try("answer", id, value);
    await this.#update();
    this.info = info;
    if (this.earlyAnswers.size > 0) this.#saveState();
    this.#events.change();
  }

  /**
   * Return the first items to ask about, before the model is there.
   * @param {number} count
   * @returns {ShownItem[]} none where saved answers or the filter would change which they are
   */
  opening(count) {
    if (!this.progress || (this.#settings.storageKey && !this.#remembered) || this.#savedState || this.#loadState()) return [];
    try {
      const items = this.#filtered(this.progress.opening).slice(0, count);
      return items.length === count ? items : [];
    } catch {
      // The filter has thrown: reported when it is applied to the whole catalogue.
      return [];
    }
  }

  /**
   * Keep an answer given before the model is there.
   * @param {string} id of one of the `opening` items
   * @param {Answer} [value] without it the answer is taken back
   * @returns {ShownItem}
   */
  answerEarly(id, value) {
    const found = this.earlyAnswers.get(id)?.item ?? this.progress?.opening.find((own) => own.id === id);
    const item = this.#show(/** @type {Item} */ (found));
    if (value === undefined) this.earlyAnswers.delete(id);
    else this.earlyAnswers.set(id, { item, value });
    this.snapshot = this.#earlySnapshot();
    this.#events.change();
    return item;
  }

  // Methods that wait for the model

  /** Answer an item, or change its answer. @param {string} id @param {Answer} value @returns {Promise<VisitSnapshot>} */
  async answer(id, value) {
    await this.#change("answer", id, value);
    return this.snapshot;
  }

  /** Take an answer back, the latest without an id. @param {string} [id] @returns {Promise<Answered | null>} */
  async undo(id) {
    const undone = /** @type {Answered | null} */ (await this.#change("undo", id));
    return undone && showItems(undone, this.#show);
  }

  /** Go on from a saved state. @param {SavedState} state @returns {Promise<string[]>} ids of answered items that the bundle does not have any more */
  async restore(state) {
    const missing = /** @type {string[]} */ (await this.#change("restore", state));
    await this.#describeAll();
    await this.refresh();
    return missing;
  }

  /** Whether there is something to start over. */
  get resettable() {
    const { hidden, chosen } = this.left;
    return this.snapshot.answers.length + hidden.size + Object.keys(chosen).length > 0;
  }

  /** Take back all answers, and what was left out of the list. Keep both for `undoReset`. */
  async reset() {
    const before = { state: await this.save(), left: this.left };
    this.left = nothingLeft();
    await this.#change("restore", { ...before.state, answers: [] });
    this.resetState = before;
  }

  /** Bring back what `reset` has taken back. */
  async undoReset() {
    const { state, left } = /** @type {NonNullable<Visit["resetState"]>} */ (this.resetState);
    this.resetState = null;
    this.left = left;
    await this.#change("restore", state);
  }

  /** Set a user field, null for unknown. @param {string} field @param {string | null} value */
  async describe(field, value) {
    await this.#change("describe", field, value);
  }

  /** Take everything back, and remove what is remembered, also what is still being read. */
  async forget() {
    this.resetState = null;
    await this.opened.finally(() => this.#forget());
    await this.#change("forget");
  }

  /** Return all answers and user fields. @returns {Promise<SavedState>} */
  async save() {
    await this.opened;
    return /** @type {Snapshot} */ (this.snapshot).state;
  }

  /** Recommend anew, without any change. */
  async refresh() {
    await this.#change();
  }

  /** Apply the site's filter anew. */
  async applyFilter() {
    await this.opened;
    await this.#exclude();
    await this.refresh();
  }

  /** Apply the site's overrides anew. */
  async applyOverrides() {
    this.#names = null;
    await this.refresh();
  }

  /** Return the best items without an answer. @param {number} count @returns {Promise<Recommendation[]>} */
  async recommend(count) {
    return this.#showAll(await this.#call("recommend", { ...this.#list, count }));
  }

  /** Return how far each answer moved the prediction for an item. @param {string} id @returns {Promise<Reason[]>} strongest first */
  async explain(id) {
    return this.#showAll(await this.#call("explain", id));
  }

  /** Draw the next items to ask about. @param {number} count @param {Iterable<string>} shown ids on the wall that stay there @returns {Promise<ShownItem[]>} */
  async draw(count, shown) {
    return (await this.#call("draw", count, [...shown])).map(this.#show);
  }

  /** Defer the items on the wall and draw others. @param {number} count @param {Iterable<string>} shown ids on the wall @returns {Promise<ShownItem[]>} */
  async others(count, shown) {
    return (await this.#call("others", count, [...shown])).map(this.#show);
  }

  /** Return items like one. @param {string} id @param {number} count @param {Iterable<string>} shown ids to leave out @returns {Promise<ShownItem[]>} best first */
  async related(id, count, shown) {
    return (await this.#call("related", id, count, [...shown])).map(this.#show);
  }

  /** Return the items that the site's filter lets through: those first that people are likely to know. @returns {Promise<ShownItem[]>} */
  async items() {
    return this.#filtered(await this.#call("items"));
  }

  /** Find items by title. @param {string} text @param {number} limit @returns {Promise<ShownItem[]>} */
  async search(text, limit) {
    if (typeof text !== "string") throw fewClicksError("bad-options", `search: ${String(text)} is no text.`);
    this.#names ??= this.#indexNames();
    this.#names.catch(() => { this.#names = null; });
    return (await this.#names).search(text, limit);
  }

  async #indexNames() {
    const items = await this.items();
    const { Names } = await loadSearch().catch((cause) => { throw fewClicksError("network", `search: ${messageOf(cause)}`, cause); });
    return new Names(items);
  }

  /** @returns {List} */
  get #list() {
    const { hidden, filtered } = this.left;
    return { ...this.#settings.list, without: this.#settings.hasListTools ? [...hidden, ...filtered] : [] };
  }

  /** Call a method of the session once the model is there. @type {Connection["call"]} */
  #call = async (method, ...args) => {
    await this.opened;
    return (await this.#connection).call(method, ...args);
  };

  /** @template {Entry} T @param {T[]} entries @returns {T[]} with their items as they are shown */
  #showAll(entries) {
    return entries.map((own) => showItems(own, this.#show));
  }

  /** Call a method of the model that changes something, remember the answers, and report the change. @param {Change} [method] @param {...unknown} args */
  async #change(method, ...args) {
    this.#pending++;
    try {
      await this.opened;
      await this.#remember();
      const result = await this.#update(method, args);
      this.#saveState();
      this.#events.change();
      return result;
    } finally {
      this.#pending--;
    }
  }

  /** Call a method of the model, and take over what there is to show then. @param {Change} [method] @param {unknown[]} [args] */
  async #update(method, args) {
    const { call } = await this.#connection;
    const { result, answers, recommendations, ...rest } = await call("change", this.#list, method, args);
    this.snapshot = { ...rest, answers: this.#showAll(answers), recommendations: this.#showAll(recommendations) };
    return result;
  }

  async #exclude() {
    const { call } = await this.#connection;
    const items = this.#settings.filter ? await call("items") : [];
    const kept = new Set(this.#filtered(items).map(({ id }) => id));
    const excluded = items.map(({ id }) => id).filter((id) => !kept.has(id));
    await call("change", { ...this.#list, count: 1 }, "exclude", [excluded]);
    this.#names = null;
  }

  /** Return the items that the site's filter lets through, as they are shown. @param {Item[]} items @returns {ShownItem[]} */
  #filtered(items) {
    const filter = this.#settings.filter;
    const shown = items.map(this.#show);
    try {
      return filter ? shown.filter((item) => filter(item)) : shown;
    } catch (cause) {
      throw fewClicksError("bad-filter", `filter: ${messageOf(cause)}`, cause);
    }
  }

  /** Set all user fields. What the bundle does not know is reported and left out. */
  async #describeAll() {
    for (const said of this.#settings.userFields) await this.#try("describe", ...said);
  }

  /** Call a method of the model; report a failure. @param {Change} method @param {...unknown} args @returns {Promise<boolean>} whether it succeeded */
  async #try(method, ...args) {
    const { call } = await this.#connection;
    try {
      await call("change", this.#list, method, args);
      return true;
    } catch (error) {
      this.#events.error(error);
      return false;
    }
  }

  #earlySnapshot() {
    return { answers: [...this.earlyAnswers.values()], recommendations: [] };
  }

  /** Load what remembers, where the site asks for it. Where it does not arrive nothing is remembered. */
  async #remember() {
    if (this.#remembered || !this.#settings.storageKey) return;
    try {
      const { Remembered } = await loadRemembered();
      if (this.#remembered) return;
      this.#remembered = new Remembered(this, this.#settings);
      // Whether the first items can be asked about is known only now.
      if (this.early && this.progress) this.#events.progress(this, true);
    } catch {
      // Tried again with the next change.
    }
  }

  /** Return the state to go on from. A remembered one that is no JSON is removed and reported. @returns {SavedState | null} */
  #loadState() {
    try {
      return this.#remembered ? this.#remembered.load(this.#savedState) : this.#savedState;
    } catch (error) {
      this.#forget();
      this.#events.error(error);
      return null;
    }
  }

  /** Take over what another tab has changed, once all that was said here is remembered. @param {StorageEvent} [event] without it, all that it has */
  async follow(event) {
    do await this.#call("info"); while (this.#pending > 0);
    const answers = this.#remembered?.follow(event);
    if (answers) await this.#change("restore", { .../** @type {Snapshot} */ (this.snapshot).state, answers });
  }

  #saveState() {
    if (this.#remembered?.save()) this.follow().catch((error) => this.#events.error(error));
  }

  #forget() {
    this.left = nothingLeft();
    this.#remembered?.remove();
  }
}

/** @returns {Left} */
const nothingLeft = () => ({ hidden: new Set(), chosen: {}, filtered: [] });
