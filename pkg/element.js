/** The `<few-clicks>` element: attributes, methods, events and form on the outside, a visit and its view on the inside. */
import { actions, MAX_FOUND } from "./actions.js";
import { BUNDLE_KIND, viewSettings } from "./attributes.js";
import { errorDetail, fewClicksError } from "./error.js";
import { FormControl, INTERNALS, reflectStates } from "./form-control.js";
import { submission } from "./form.js";
import { language, translator } from "./messages/translator.js";
import { applyOverride } from "./overrides.js";
import { languageOf, upgradeProperties, whenVisible } from "./page.js";
import { removeState, storageKey } from "./storage.js";
import { countedAnswers } from "./view/answers.js";
import { SiteTiles } from "./view/site-tiles.js";
import { View } from "./view/view.js";
import { Visit } from "./visit.js";

/** @import { ActionTargets } from "./actions.js" */
/** @import { FewClicksElement as Declared } from "./element.js" the public interface, as `element.d.ts` declares it */
/** @import { Answer, Answered, ErrorCode, FewClicksEventMap, ItemOverride, Messages, SavedState, ShownItem } from "./types.js" */
/** @import { Context, Shown } from "./view/context.js" */
/** @import { VisitEvents, VisitSettings } from "./visit.js" */

/** A change of these attributes opens a new visit, or changes only what the form sees or what is recommended. Of any other observed one the view is built anew. */
const OPENING = ["bundle", "worker"];
const FORM = ["min", "name", "submit"];
const LIST = ["rows", "variety"];

/** @typedef {"addEventListener" | "removeEventListener"} ListenerMethods declared only so that listeners know their events */

/** @implements {Omit<Declared, ListenerMethods>} */
export class FewClicksElement extends FormControl {
  static observedAttributes = [
    ...OPENING, ...FORM, "details", "goal", "images", "lang", "mode", "rating", "remember", "required", ...LIST, "tiles",
  ];

  #siteTiles = new SiteTiles(this);
  /** Open, opening or failed. @type {Visit | null} */
  #visit = null;
  /** @type {View | null} */
  #view = null;
  /** Code of the error that ended loading. @type {ErrorCode | null} */
  #failure = null;
  /** Number of the latest build of the view. A build awaits messages, so that a later one may overtake it. */
  #lastBuild = 0;
  /** What the site has said of the visitor, kept across loading and starting over. @type {Map<string, string | null>} */
  #userFields = new Map();
  /** What the next visit goes on from. @type {SavedState | null} */
  #savedState = null;
  /** @type {Partial<Messages>} */
  #messages = {};
  /** @type {((item: ShownItem) => boolean) | null} */
  #filter = null;
  /** @type {Record<string, ItemOverride>} */
  #overrides = {};
  #skipped = false;
  #disabled = false;
  #settings = this.#visitSettings();
  #act = actions(this.#actionTargets());

  // Lifecycle

  connectedCallback() {
    upgradeProperties(this);
    if (!this.#view) this.#build();
    if (this.#visit?.bundle === this.bundle) return;
    if (this.loading === "lazy" && this.bundle) whenVisible(this, () => this.isConnected && this.#load());
    else this.#load();
  }

  /** @param {string} name @param {string | null} before @param {string | null} now */
  attributeChangedCallback(name, before, now) {
    if (before === now || !this.#view) return;
    if (OPENING.includes(name)) return void (this.isConnected && this.#load());
    if (FORM.includes(name)) return this.#reflect();
    if (LIST.includes(name)) this.#apply((visit) => visit.refresh());
    else this.#build();
  }

  /** @param {boolean} disabled */
  formDisabledCallback(disabled) {
    this.#disabled = disabled;
    this.#view?.disable(disabled);
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

  get messages() { return this.#messages; }
  set messages(value) {
    this.#messages = { ...value };
    if (this.#view) this.#build();
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

  get renderTile() { return this.#siteTiles.render; }
  set renderTile(value) {
    this.#siteTiles.render = value;
    if (this.#view) this.#build();
  }

  get info() { return this.#visit?.info ?? null; }
  get [BUNDLE_KIND]() { return this.#visit?.progress?.kind; }
  get answers() { return this.#visit?.snapshot.answers ?? []; }
  get adaptation() { return this.#visit?.snapshot.adaptation ?? null; }
  get skipped() { return this.#skipped; }

  // Methods. Those that need the model wait for a bundle that is loading.

  /** @param {string} id @param {Answer} value */
  async answer(id, value) {
    await this.#opened.answer(id, value);
    this.#update();
  }

  /** @param {string} [id] @returns {Promise<Answered | null>} */
  async undo(id) {
    const undone = await this.#opened.undo(id);
    if (undone) this.#view?.wall.bringBack(undone.item);
    this.#update();
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
      this.#update();
    }
    this.#userFields.set(field, value);
  }

  async save() {
    return this.#opened.save();
  }

  /** @param {SavedState} state */
  async restore(state) {
    const missing = await this.#opened.restore(state);
    await this.#replaceTiles();
    return missing;
  }

  async forget() {
    this.#userFields.clear();
    this.#savedState = null;
    if (!this.#visit) return removeState(this.#settings.storageKey());
    await this.#visit.forget();
    await this.#replaceTiles();
  }

  skip() { this.#skip(true); }
  resume() { this.#skip(false); }
  focus() { this.#view?.focus(); }

  // Inside

  /** The visit, for a method that needs the model. */
  get #opened() {
    if (this.#visit) return this.#visit;
    throw fewClicksError("not-ready", "<few-clicks> is loading no bundle: set its `bundle` attribute; where it loads lazily wait for `ready`.");
  }

  /** Open a visit with the bundle, and build the view before and after. */
  async #load() {
    this.#failure = null;
    const { bundle, worker } = this;
    const visit = bundle === null ? null
      : new Visit({ bundle, worker, state: this.#savedState, former: this.#visit }, this.#settings, this.#visitEvents());
    this.#visit = visit;
    this.#savedState = null;
    await this.#build();
    if (visit === null) return;
    try {
      await visit.opened;
    } catch (error) {
      if (visit === this.#visit) this.#fail(error);
      return;
    }
    const { info } = visit;
    if (visit !== this.#visit || !info) return;
    // Tiles that are there already stay.
    if (this.#view?.state === "asking") this.#view.deal(null, this.#shown);
    else await this.#build();
    this.#fire("ready", { info });
    this.#act.reportEarly();
  }

  /** Show how much of the bundle has arrived, and the first items as soon as they are known. @param {Visit} visit @param {boolean} first */
  #showProgress(visit, first) {
    if (visit !== this.#visit || !visit.progress) return;
    const { loaded, total } = visit.progress;
    if (first) this.#build();
    else this.#view?.list.load(visit.progress);
    this.#fire("progress", { loaded, total });
  }

  /** @param {unknown} error that ends loading, or after which the model can do no more */
  #fail(error) {
    const detail = errorDetail(error);
    this.#failure = detail.code;
    // Another try goes on from here.
    this.#savedState = this.#visit?.snapshot.state ?? null;
    this.#view?.fail(detail.code);
    this.#reflect();
    this.#fire("error", detail);
  }

  /** Apply a change to the visit, where the model is there, and build the view anew. @param {(visit: Visit) => Promise<unknown>} change */
  async #apply(change) {
    if (!this.#view) return;
    try {
      if (this.#visit?.info) await change(this.#visit);
    } catch (error) {
      return this.#fire("error", errorDetail(error));
    }
    await this.#build();
  }

  /** Build the view anew: a view never changes its words, its mode or its bundle. */
  async #build() {
    const build = ++this.#lastBuild;
    const { words, lang } = await language(languageOf(this), this.#messages);
    if (build !== this.#lastBuild) return;
    this.#siteTiles.clear();
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open", delegatesFocus: true });
    this.#view = new View(root, this.#context(translator(this.#messages, words, lang, this.mode), lang));
    this.#view.disable(this.#disabled);
    this.#view.skip(this.#skipped);
    if (this.#failure) this.#view.fail(this.#failure);
    else if (this.info) await this.#deal();
    else this.#wait(this.#view);
    this.#reflect();
  }

  /** @param {Context["t"]} t @param {string} lang @returns {Context} */
  #context(t, lang) {
    const settings = viewSettings(this);
    return {
      ...settings, t, lang,
      scale: this.#visit?.progress?.scale ?? { min: 1, max: 5 },
      siteTile: (item) => this.#siteTiles.draw(item, settings.mode),
      act: this.#act,
    };
  }

  /** Show blank tiles, or the first items where they are known. @param {View} view */
  #wait(view) {
    view.wait();
    if (!this.#visit?.progress) return;
    view.list.load(this.#visit.progress);
    const items = this.#visit.opening(this.tiles);
    if (items.length > 0) view.deal(items, this.#shown, "asking");
  }

  async #deal() {
    const view = this.#view;
    const items = await this.#opened.draw(this.tiles, []);
    if (view === this.#view) view?.deal(items, this.#shown);
  }

  /** Show that all answers have become others: rating goes on with other tiles, picking with those that are there. */
  async #replaceTiles() {
    if (this.mode === "pick") this.#view?.update(this.#shown, false);
    else await this.#deal();
  }

  #update() {
    this.#view?.update(this.#shown);
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
    this.#view?.skip(skipped);
    this.#reflect();
  }

  /** Reflect what the element is now to style sheets, to its form and to its fallback. */
  #reflect() {
    const failed = this.#failure !== null;
    const count = countedAnswers(this, this.answers).length;
    reflectStates(this, {
      failed,
      loading: this.#visit !== null && !failed && !this.info,
      ready: this.info !== null && !failed,
      complete: count >= this.goal,
      skipped: this.#skipped,
      disabled: this.#disabled,
    });
    const state = this.info && this.answers.length > 0 ? JSON.stringify(this.#visit?.snapshot.state) : null;
    this[INTERNALS].setFormValue(submission(this, this.#visit?.snapshot ?? null), state);
    // A form is held back only by what its visitor can do something about.
    const missing = this.required && !failed && !this.#skipped && count < this.min;
    if (!missing || !this.#view) return this[INTERNALS].setValidity({});
    const { context, wall } = this.#view;
    this[INTERNALS].setValidity({ valueMissing: true }, context.t("valueMissing", { min: this.min, count: this.min }), wall.element);
  }

  /** @returns {VisitSettings} */
  #visitSettings() {
    return {
      list: () => ({ count: this.rows, variety: this.variety }),
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
      error: (error) => this.#fire("error", errorDetail(error)),
    };
  }

  /** @returns {ActionTargets} */
  #actionTargets() {
    const own = this;
    return {
      // A visitor can act only where there are both.
      get visit() { return /** @type {Visit} */ (own.#visit); },
      get view() { return /** @type {View} */ (own.#view); },
      get goal() { return own.goal; },
      get tiles() { return own.tiles; },
      get shown() { return own.#shown; },
      replaceTiles: () => this.#replaceTiles(),
      retry: async () => {
        await this.#load();
        if (!this.matches(":focus-within")) this.#view?.focus();
      },
      forget: () => this.forget(),
      skip: (skipped) => this.#skip(skipped),
      release: (tile) => this.#siteTiles.release(tile),
      fail: (error) => this.#fail(error),
      fire: (type, detail) => this.#fire(type, detail),
    };
  }

  /** @template {keyof FewClicksEventMap} T @param {T} type @param {FewClicksEventMap[T]["detail"]} detail */
  #fire(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}
