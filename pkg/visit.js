/** One visitor with one bundle: opens the session, tells it what the site has said, and keeps what there is to show. */
import { open } from "./engine.js";
import { Names } from "./names.js";
import { drop, keep, recall } from "./storage.js";

/** @typedef {import("./element.js").Item} Item */
/** @typedef {import("./element.js").SavedState} SavedState */
/** @typedef {import("./session.js").Snapshot} Snapshot */

/**
 * What the site has said; it may say otherwise at any time.
 * @typedef {object} Site
 * @property {string} bundle absolute URL
 * @property {boolean} worker
 * @property {number} recommendations
 * @property {string | null} entry name under which answers are kept in this browser; null keeps nothing
 * @property {((item: Item) => boolean) | null} filter
 * @property {Map<string, string | null>} described user fields
 * @property {import("./appearance.js").Appearance} appearance
 * @property {(error: { code: string, message: string }) => void} report what went wrong and is no reason to stop
 * @property {() => void} changed there is something else to show
 */

export class Visit {
  /** @type {Snapshot | null} with its items dressed, once the visit is open */
  shown = null;
  /** @type {import("./element.js").BundleInfo | null} */
  info = null;
  /** @type {SavedState | null} what "start over" threw away, until the next answer */
  dropped = null;
  #site;
  /** @type {Promise<import("./engine.js").Connection>} */
  #connection;
  /** @type {Promise<Names> | null} from the first search on */
  #names = null;

  /** @param {Site} site @param {SavedState | null} state to go on from, in place of a remembered one */
  constructor(site, state) {
    this.#site = site;
    this.bundle = site.bundle;
    this.#connection = open(site.bundle, site.worker);
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
    this.#site.changed();
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
    if (this.#site.entry !== null) this.#keep();
    this.#site.changed();
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
    const { answers, recommendations, ...rest } = await call("change", this.#site.recommendations, method, args);
    const { appearance } = this.#site;
    this.shown = {
      ...rest,
      answers: answers.map((own) => appearance.dressed(own)),
      recommendations: recommendations.map((own) => appearance.dressed(own)),
    };
    return this.shown;
  }

  async #exclude() {
    const { call } = await this.#connection;
    const items = this.#site.filter ? await call("items") : [];
    const wanted = new Set(this.#wanted(items).map(({ id }) => id));
    const excluded = items.map(({ id }) => id).filter((id) => !wanted.has(id));
    await call("change", 1, "exclude", [excluded]);
    this.#names = null;
  }

  /** Dressed items that the site's filter lets through. */
  #wanted(items) {
    const { appearance, filter } = this.#site;
    const dressed = items.map((item) => appearance.dress(item));
    return filter ? dressed.filter((item) => filter(item)) : dressed;
  }

  /** What the bundle does not know is reported, and no reason to stop. */
  async #describeAll() {
    for (const said of this.#site.described) await this.#try("describe", ...said);
  }

  async #try(method, ...args) {
    const { call } = await this.#connection;
    try {
      await call("change", 1, method, args);
      return true;
    } catch (error) {
      this.#site.report(error);
      return false;
    }
  }

  /** Remembered answers that make no sense are dropped, and reported: the visitor begins afresh. */
  #recall() {
    if (this.#site.entry === null) return null;
    try {
      return recall(this.#site.entry);
    } catch (error) {
      this.#drop();
      this.#site.report(error);
      return null;
    }
  }

  #keep() {
    const { answers, state } = this.shown;
    // Without descriptions: the site says them again where it still knows them.
    if (answers.length > 0) keep(this.#site.entry, { ...state, user: {} });
    else this.#drop();
  }

  #drop() {
    if (this.#site.entry !== null) drop(this.#site.entry);
  }
}
