/** One visitor with one bundle: opens the session, tells it what the site has said, and keeps what there is to show. */
import { open } from "./session/engine.js";
import { Names } from "./session/names.js";
import { drop, entry, keep, recall } from "./storage.js";

/** @typedef {import("./element.js").Answered} Answered */
/** @typedef {import("./element.js").Item} Item */
/** @typedef {import("./element.js").SavedState} SavedState */
/** @typedef {import("./session/session.js").Snapshot} Snapshot */

/** @typedef {import("./actions.js").Inside} Inside */

export class Visit {
  /** @type {Snapshot} with its items dressed; until the visit is open, what was said early */
  shown;
  /** @type {import("./element.js").BundleInfo | null} */
  info = null;
  /** Whether what the visitor says is noted, as there is no model to tell. */
  noting = true;
  /** @type {SavedState | null} what "start over" threw away, until the next answer */
  dropped = null;
  /** @type {import("./session/models.js").Progress | null} how much has arrived, and what can be shown of it */
  progress = null;
  /** The site may say something else at any time. */
  #inside;
  /** @type {SavedState | null} to go on from */
  #kept;
  /** @type {Promise<import("./session/engine.js").Connection>} */
  #connection;
  /** @type {Promise<Names> | null} from the first search on */
  #names = null;

  /**
   * @param {Inside} inside
   * @param {SavedState | null} state to go on from, in place of a remembered one
   * @param {Visit | null} former whose early answers it takes over, if it was one with the same bundle
   */
  constructor(inside, state, former) {
    this.#inside = inside;
    this.#kept = state;
    this.bundle = inside.element.bundle;
    /** @type {Map<string, Answered>} said before the model was there, by id */
    this.early = former?.bundle === this.bundle ? former.early : new Map();
    this.#unanswered();
    /** @type {Promise<void>} rejects with an `Error` that carries a `code` */
    this.opened = this.#begin();
    // Whoever waits for it hears of a failure; if nobody does it is no accident.
    this.opened.catch(() => {});
  }

  async #begin() {
    this.#connection = open(this.bundle, this.#inside.element.worker, (progress) => {
      const first = !this.progress;
      this.progress = progress;
      this.#inside.arrived(this, first);
    });
    const { info } = await this.#connection;
    // What is said from now on waits its turn.
    this.noting = false;
    await this.#exclude();
    await this.#describeAll();
    const kept = this.#recall();
    if (kept && !(await this.#try("restore", kept))) this.#drop();
    for (const [id, { value }] of this.early) await this.#try("answer", id, value);
    await this.#take();
    this.info = info;
    if (this.early.size > 0) this.#keep();
    this.#inside.changed();
  }

  /**
   * What to ask before the model is there.
   * @param {number} count
   * @returns {Item[]} none where other answers or too narrow a filter would make it others
   */
  opening(count) {
    if (this.#recall()) return [];
    try {
      const items = this.#wanted(this.progress.opening).slice(0, count);
      return items.length === count ? items : [];
    } catch {
      // The site's own filter: told when it is asked about the whole catalogue.
      return [];
    }
  }

  /** Says something before the model is there. @param {string} id @param {import("./element.js").Answer} [value] none takes the answer back */
  note(id, value) {
    const { early } = this;
    const item = early.get(id)?.item ?? this.#inside.appearance.dress(this.progress.opening.find((own) => own.id === id));
    if (value === undefined) early.delete(id);
    else early.set(id, { item, value });
    this.#unanswered();
    this.#inside.changed();
    return item;
  }

  /** Where nothing has been recommended yet. */
  #unanswered() {
    this.shown = { answers: [...this.early.values()], recommendations: [], adaptation: null };
  }

  /** Calls a method of the session. */
  async call(method, ...args) {
    await this.opened;
    return (await this.#connection).call(method, ...args);
  }

  /**
   * Calls a method of the model that changes something, if one is given.
   * @returns {Promise<Snapshot>} what there is to show now
   */
  async change(method, ...args) {
    await this.opened;
    const shown = await this.#take(method, args);
    this.#keep();
    this.#inside.changed();
    return shown;
  }

  /** @param {SavedState} state @returns {Promise<string[]>} ids of answered items that the bundle does not have any more */
  async restore(state) {
    const { result } = await this.change("restore", state);
    await this.#describeAll();
    await this.change();
    return result;
  }

  /** Takes the site's filter over again. */
  async refilter() {
    await this.opened;
    await this.#exclude();
    await this.change();
  }

  /** The site's own data are others now. */
  async redress() {
    this.#names = null;
    await this.change();
  }

  async search(text, limit) {
    this.#names ??= this.call("items").then((items) => new Names(this.#wanted(items)));
    this.#names.catch(() => { this.#names = null; });
    return (await this.#names).search(text, limit);
  }

  /** Takes everything back, and deletes what is kept. */
  async forget() {
    this.dropped = null;
    this.#drop();
    await this.change("forget");
  }

  async #take(method, args) {
    const { call } = await this.#connection;
    const { answers, recommendations, ...rest } = await call("change", this.#inside.element.recommendations, method, args);
    const { appearance } = this.#inside;
    this.shown = {
      ...rest,
      answers: answers.map((own) => appearance.dressed(own)),
      recommendations: recommendations.map((own) => appearance.dressed(own)),
    };
    return this.shown;
  }

  async #exclude() {
    const { call } = await this.#connection;
    const items = this.#inside.element.filter ? await call("items") : [];
    const wanted = new Set(this.#wanted(items).map(({ id }) => id));
    const excluded = items.map(({ id }) => id).filter((id) => !wanted.has(id));
    await call("change", 1, "exclude", [excluded]);
    this.#names = null;
  }

  /** Dressed items that the site's filter lets through. */
  #wanted(items) {
    const { appearance, element: { filter } } = this.#inside;
    const dressed = items.map((item) => appearance.dress(item));
    return filter ? dressed.filter((item) => filter(item)) : dressed;
  }

  /** What the bundle does not know is reported, and no reason to stop. */
  async #describeAll() {
    for (const said of this.#inside.described) await this.#try("describe", ...said);
  }

  async #try(method, ...args) {
    const { call } = await this.#connection;
    try {
      await call("change", 1, method, args);
      return true;
    } catch (error) {
      this.#report(error);
      return false;
    }
  }

  /** Remembered answers that make no sense are dropped, and reported: the visitor begins afresh. */
  #recall() {
    try {
      return (this.#kept ??= recall(entry(this.#inside.element)));
    } catch (error) {
      this.#drop();
      this.#report(error);
      return null;
    }
  }

  #keep() {
    const { answers, state } = this.shown;
    // Without descriptions: the site says them again where it still knows them.
    if (answers.length > 0) keep(entry(this.#inside.element), { ...state, user: {} });
    else this.#drop();
  }

  #drop() {
    drop(entry(this.#inside.element));
  }

  /** What went wrong and is no reason to stop. */
  #report({ code, message }) {
    this.#inside.fire("error", { code, message });
  }
}
