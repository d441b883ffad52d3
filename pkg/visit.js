/** One visitor with one bundle: opens the session, tells it what the site has said, and keeps what there is to show. */
import { open } from "./engine.js";
import { Names } from "./names.js";
import { drop, entry, keep, recall } from "./storage.js";

/** @typedef {import("./element.js").Item} Item */
/** @typedef {import("./element.js").SavedState} SavedState */
/** @typedef {import("./session.js").Snapshot} Snapshot */

/** @typedef {import("./actions.js").Inside} Inside */

export class Visit {
  /** @type {Snapshot | null} with its items dressed, once the visit is open */
  shown = null;
  /** @type {import("./element.js").BundleInfo | null} */
  info = null;
  /** @type {SavedState | null} what "start over" threw away, until the next answer */
  dropped = null;
  /** The site may say something else at any time. */
  #inside;
  /** @type {Promise<import("./engine.js").Connection>} */
  #connection;
  /** @type {Promise<Names> | null} from the first search on */
  #names = null;

  /** @param {Inside} inside @param {SavedState | null} state to go on from, in place of a remembered one */
  constructor(inside, state) {
    this.#inside = inside;
    this.bundle = inside.element.bundle;
    this.#connection = open(this.bundle, inside.element.worker);
    /** @type {Promise<void>} rejects with an `Error` that carries a `code` */
    this.opened = this.#begin(state);
    // Whoever waits for it hears of a failure; if nobody does it is no accident.
    this.opened.catch(() => {});
  }

  async #begin(state) {
    const { info } = await this.#connection;
    await this.#exclude();
    await this.#describeAll();
    const kept = state ?? this.#recall();
    if (kept && !(await this.#try("restore", kept))) this.#drop();
    await this.#take();
    this.info = info;
    this.#inside.changed();
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
      return recall(entry(this.#inside.element));
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
