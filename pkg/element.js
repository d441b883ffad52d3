/** The `<few-clicks>` element: attributes, methods, events and form on the outside, a visit and its view on the inside. */
import { actions, MAX_FOUND } from "./actions.js";
import { BUNDLE_KIND, names } from "./attributes.js";
import { errorDetail, fewClicksError, withCodes } from "./error.js";
import { enableFallback } from "./fallback.js";
import { FormControl, INTERNALS, reflectStates } from "./form-control.js";
import { formValue, submission } from "./form.js";
import { applyOverride } from "./overrides.js";
import { upgradeProperties } from "./page.js";
import { Stage } from "./stage.js";
import { removeState, storageKey } from "./storage.js";
import { Surroundings } from "./surroundings.js";
import { countedAnswers } from "./view/answers.js";
import { STALL, Visit } from "./visit.js";

/** @import { ActionTargets } from "./actions.js" */
/** @import { FewClicksElement as Declared } from "./element.js" the public interface, as `element.d.ts` declares it */
/** @import { Answer, Answered, ErrorDetail, FewClicksEventMap, ItemOverride, SavedState, ShownItem } from "./types.js" */
/** @import { Source } from "./stage.js" */
/** @import { Shown } from "./view/context.js" */
/** @import { View } from "./view/view.js" */
/** @import { VisitEvents, VisitSettings } from "./visit.js" */

/** A change of these attributes opens a new visit, or changes only what the form sees or what is recommended. Of any other observed one the view is built anew. */
const OPENING = ["bundle", "loading", "worker"];
const FORM = ["disabled", "min", "name", "submit"];
const LIST = ["rows", "variety", "explore"];

/** @typedef {"addEventListener" | "removeEventListener"} ListenerMethods declared only so that listeners know their events */

/** @implements {Omit<Declared, ListenerMethods>} */
export class FewClicksElement extends FormControl {
  static observedAttributes = ["lang", ...names];

  /** Open, opening or failed. @type {Visit | null} */
  #visit = null;
  /** The error that ended loading. @type {ErrorDetail | null} */
  #failure = null;
  /** Whether `#follow` is due, once the page's script has set all that it sets. */
  #due = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} of the wait for a bundle */
  #timer;
  #surroundings = new Surroundings(this, {
    children: () => this.#stage.mend(),
    page: () => this.#stage.followPage(),
    storage: (key) => this.#followStorage(key),
  });
  /** What the site has said of the visitor, kept across loading and starting over. @type {Map<string, string | null>} */
  #userFields = new Map();
  /** What the next visit goes on from. @type {SavedState | null} */
  #savedState = null;
  /** @type {((item: ShownItem) => boolean) | null} */
  #filter = null;
  /** @type {Record<string, ItemOverride>} */
  #overrides = {};
  #skipped = false;
  #disabled = false;
  #stage = new Stage(this, this.#source());
  #settings = this.#visitSettings();
  #act = actions(this.#actionTargets());

  constructor() {
    super();
    this.addEventListener("invalid", () => this.#stage.view?.demand(this.validationMessage));
  }

  // Lifecycle

  connectedCallback() {
    upgradeProperties(this);
    this.#stage.connect();
    this.#surroundings.connect();
    this.#schedule();
  }

  disconnectedCallback() {
    this.#surroundings.disconnect();
  }

  adoptedCallback() {
    // A document without a window has no style sheets.
    if (this.ownerDocument.defaultView) this.#stage.rebuild();
  }

  /** @param {string} name @param {string | null} before @param {string | null} now */
  attributeChangedCallback(name, before, now) {
    if (before === now || !this.#stage.started) return;
    if (OPENING.includes(name)) return this.#schedule();
    if (FORM.includes(name)) return this.#reflect();
    if (LIST.includes(name)) this.#apply((visit) => visit.refresh());
    else this.#stage.build();
  }

  /** @param {boolean} disabled */
  formDisabledCallback(disabled) {
    this.#disabled = disabled;
    this.#stage.disable(disabled);
    this.#reflect();
  }

  formResetCallback() {
    this.resume();
    if (this.info) this.reset();
    else for (const { item } of this.answers) this.#act.undo(item.id);
  }

  /** @param {string} state as `#reflect` gave it to the form */
  formStateRestoreCallback(state) {
    const saved = JSON.parse(state);
    if (this.#visit) this.#visit.opened.then(() => this.#apply((visit) => visit.restore(saved)), () => {});
    else this.#savedState = saved;
  }

  // Properties

  get messages() { return this.#stage.messages; }
  set messages(value) {
    this.#stage.messages = { ...value };
    this.#stage.rebuild();
  }

  get filter() { return this.#filter; }
  set filter(value) {
    this.#filter = value;
    this.#apply((visit) => visit.applyFilter());
  }

  get overrides() { return this.#overrides; }
  set overrides(value) {
    this.#overrides = { ...value };
    this.#apply((visit) => visit.applyOverrides());
  }

  get renderTile() { return this.#stage.siteTiles.render; }
  set renderTile(value) {
    this.#stage.siteTiles.render = value;
    this.#stage.rebuild();
  }

  get info() { return this.#visit?.info ?? null; }
  get [BUNDLE_KIND]() { return this.#visit?.progress?.kind; }
  get answers() { return this.#visit?.snapshot.answers ?? []; }
  get adaptation() { return this.#visit?.snapshot.adaptation ?? null; }
  get skipped() { return this.#skipped; }
  get value() { return formValue(this, this.#visit?.snapshot ?? null); }

  // Methods. Those that need the model wait for a bundle that is loading.

  /** @param {string} id @param {Answer} value */
  async answer(id, value) {
    await this.#opened.answer(id, value);
    this.#stage.update();
  }

  /** @param {string} [id] @returns {Promise<Answered | null>} */
  async undo(id) {
    const undone = await this.#opened.undo(id);
    if (undone) this.#stage.view?.wall.bringBack(undone.item);
    this.#stage.update();
    return undone;
  }

  async reset() {
    const state = await this.save();
    await this.restore({ ...state, answers: [] });
  }

  /** @param {number} [count] */
  async recommend(count = this.rows) {
    return this.#opened.recommend(count);
  }

  /** @param {string} id */
  async explain(id) {
    return this.#opened.explain(id);
  }

  /** @param {string} text @param {number} [limit] */
  async search(text, limit = MAX_FOUND) {
    return this.#opened.search(text, limit);
  }

  /** @param {string} field @param {string | null} value */
  async describe(field, value) {
    if (this.info) {
      // The model first: what it refuses is not kept either.
      await this.#opened.describe(field, value);
      this.#stage.update();
    }
    // Until then what is said is kept, and refused, or not, by the model.
    this.#userFields.set(field, value);
  }

  async save() {
    return this.#opened.save();
  }

  /** @param {SavedState} state */
  async restore(state) {
    const missing = await this.#opened.restore(state);
    await this.#stage.replaceTiles();
    return missing;
  }

  async forget() {
    this.#userFields.clear();
    this.#savedState = null;
    if (!this.#visit) return removeState(this.#settings.storageKey());
    await this.#visit.forget();
    await this.#stage.replaceTiles();
  }

  skip() { this.#skip(true); }
  resume() { this.#skip(false); }
  focus() { this.#stage.view?.focus(); }

  static {
    withCodes(this.prototype, (element, error) => element.#fail(error));
  }

  // Inside

  /** The visit, for a method that needs the model. */
  get #opened() {
    if (this.#due) this.#follow();
    if (this.#visit) return this.#visit;
    throw noBundle();
  }

  #schedule() {
    if (this.#due) return;
    this.#due = true;
    queueMicrotask(() => this.#due && this.#follow());
  }

  /** Load what the attributes name now, unless it is loaded or loading. */
  #follow() {
    this.#due = false;
    if (!this.isConnected) return;
    const { bundle, worker, loading } = this;
    if (this.#visit?.bundle === bundle && this.#visit?.worker === worker) return;
    const lazy = loading === "lazy" && bundle;
    this.#surroundings.whenVisible(lazy ? () => this.#load() : undefined);
    if (!lazy) this.#load();
    else if (!this.#stage.started) this.#stage.build();
  }

  /** Follow what another tab has answered. @param {string | null} key of the entry that it has changed */
  async #followStorage(key) {
    const visit = this.#visit;
    if (!visit?.info || key !== this.#settings.storageKey()) return;
    try {
      await visit.follow();
      if (visit === this.#visit) await this.#stage.replaceTiles();
    } catch (error) {
      this.#fire("error", errorDetail(error));
    }
  }

  /** Open a visit with the bundle, and build the view before and after. */
  async #load() {
    this.#failure = null;
    clearTimeout(this.#timer);
    const { bundle, worker } = this;
    const visit = bundle === null ? null
      : new Visit({ bundle, worker, state: this.#savedState, former: this.#visit }, this.#settings, this.#visitEvents());
    this.#visit = visit;
    this.#savedState = null;
    await this.#stage.build();
    if (visit === null) {
      this.#timer = setTimeout(() => this.isConnected && this.#fail(noBundle()), STALL);
      return;
    }
    try {
      await visit.opened;
    } catch (error) {
      if (visit === this.#visit) this.#fail(error);
      return;
    }
    const { info } = visit;
    if (visit !== this.#visit || !info) return;
    // What arrives after all counts.
    this.#failure = null;
    // Tiles that are there already stay.
    if (this.#stage.view?.state === "asking") {
      this.#stage.view.deal(null, this.#shown);
      this.#reflect();
    } else await this.#stage.build();
    this.#fire("ready", { info });
    this.#act.reportEarly();
  }

  /** Show how much of the bundle has arrived, and the first items as soon as they are known. @param {Visit} visit @param {boolean} first */
  #showProgress(visit, first) {
    if (visit !== this.#visit || !visit.progress) return;
    const { loaded, total } = visit.progress;
    if (first) this.#stage.build();
    else this.#stage.view?.list.load(visit.progress);
    this.#fire("progress", { loaded, total });
  }

  /** @param {unknown} error that ends loading, or after which the model can do no more */
  #fail(error) {
    const detail = errorDetail(error);
    this.#failure = detail;
    // Another try goes on from here.
    this.#savedState = this.#visit?.snapshot.state ?? null;
    this.#stage.fail(detail);
    this.#reflect();
    console.error(`<few-clicks>: ${detail.message}`, error);
    this.#fire("error", detail);
  }

  /** Apply a change to the visit, and build the view anew. @param {(visit: Visit) => Promise<unknown>} change */
  async #apply(change) {
    const visit = this.#visit;
    try {
      // Until then the change is not needed: what is set is read when the model is there.
      if (visit && !visit.early) await change(visit);
    } catch (error) {
      // A load that fails is reported by itself.
      if (visit?.info) this.#fire("error", errorDetail(error));
      return;
    }
    this.#stage.rebuild();
  }

  /** @returns {Shown} */
  get #shown() {
    const { answers, recommendations } = this.#visit?.snapshot ?? { answers: [], recommendations: [] };
    return {
      answers, recommendations,
      remembered: this.info !== null && this.remember !== null,
      undoable: answers.length > 0 || Boolean(this.#visit?.resetState),
    };
  }

  /** @param {boolean} skipped */
  #skip(skipped) {
    this.#skipped = skipped;
    this.#stage.skip(skipped);
    this.#reflect();
  }

  /** Reflect what the element is now to style sheets, to its form and to its fallback. */
  #reflect() {
    const failed = this.#failure !== null;
    const visit = this.#visit;
    const view = this.#stage.view;
    const count = countedAnswers(this, this.answers).length;
    reflectStates(this, {
      failed,
      loading: visit !== null && !failed && !this.info,
      ready: this.info !== null && !failed,
      complete: count >= this.goal,
      skipped: this.#skipped,
      disabled: this.#disabled,
    });
    enableFallback(this, failed);
    const state = this.info && this.answers.length > 0 ? JSON.stringify(visit?.snapshot.state) : null;
    this[INTERNALS].setFormValue(submission(this, visit?.snapshot ?? null), state);
    // A form is held back only while there are questions that its visitor can answer.
    if (!view?.asks || !this.required || this.#skipped || count >= this.min) {
      view?.demand("");
      return this[INTERNALS].setValidity({});
    }
    const message = view.context.t("valueMissing", { min: this.min, count: this.min });
    this[INTERNALS].setValidity({ valueMissing: true }, message, view.wall.element);
  }

  /** @returns {Source} */
  #source() {
    const own = this;
    return {
      get visit() { return own.#visit; },
      get failure() { return own.#failure; },
      get shown() { return own.#shown; },
      get pictured() { return own.images !== null || Object.values(own.#overrides).some(({ image }) => image); },
      get act() { return own.#act; },
      reflect: () => this.#reflect(),
      fail: (error) => {
        this.#fail(error);
        // What is still arriving cannot be shown either.
        this.#visit = null;
      },
    };
  }

  /** @returns {VisitSettings} */
  #visitSettings() {
    return {
      list: () => ({ count: this.rows, variety: this.variety, explore: this.explore }),
      filter: () => this.#filter,
      storageKey: () => storageKey(this.remember, this.bundle),
      userFields: this.#userFields,
      show: (item) => applyOverride(item, this.#overrides, this.images),
    };
  }

  /** @returns {VisitEvents} */
  #visitEvents() {
    return {
      progress: (visit, first) => this.#showProgress(visit, first),
      change: () => this.#reflect(),
      stall: (visit, error) => visit === this.#visit && this.#fail(error),
      error: (error) => this.#fire("error", errorDetail(error)),
    };
  }

  /** @returns {ActionTargets} */
  #actionTargets() {
    const own = this;
    return {
      // A visitor can act only where there are both.
      get visit() { return /** @type {Visit} */ (own.#visit); },
      get view() { return /** @type {View} */ (own.#stage.view); },
      get goal() { return own.goal; },
      get tiles() { return own.tiles; },
      get related() { return own.related; },
      get shown() { return own.#shown; },
      replaceTiles: () => this.#stage.replaceTiles(),
      retry: async () => {
        await this.#load();
        if (!this.matches(":focus-within")) this.#stage.view?.focus();
      },
      forget: () => this.forget(),
      skip: (skipped) => this.#skip(skipped),
      release: (tile) => this.#stage.siteTiles.release(tile),
      reflect: () => this.#reflect(),
      changed: () => {
        for (const type of ["input", "change"]) this.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
      },
      fail: (error) => this.#fail(error),
      fire: (type, detail) => this.#fire(type, detail),
    };
  }

  /**
   * Fire an event. An `error` does not bubble, as those of images: `window.onerror` would count it as an uncaught one.
   * @template {keyof FewClicksEventMap} T @param {T} type @param {FewClicksEventMap[T]["detail"]} detail
   */
  #fire(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: type !== "error", composed: true }));
  }
}

const noBundle = () => fewClicksError("not-ready", "<few-clicks> is loading no bundle: set its `bundle` attribute; where it loads lazily wait for `ready`.");
