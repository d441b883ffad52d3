/** What is inside an element: a visit and its view, as the attributes say now, and what both report to form and page. */
import { actions } from "./actions.js";
import { loadRemembered } from "./addons.js";
import { errorDetail, fewClicksError } from "./error.js";
import { enableFallback } from "./fallback.js";
import { INTERNALS, reflectStates } from "./form-control.js";
import { submission } from "./form.js";
import { applyOverride } from "./overrides.js";
import { Stage } from "./stage.js";
import { storageKey } from "./storage.js";
import { Surroundings } from "./surroundings.js";
import { countedAnswers } from "./view/answers.js";
import { STALL, Visit } from "./visit.js";

/** @import { ActionTargets } from "./actions.js" */
/** @import { FormControl } from "./form-control.js" */
/** @import { ErrorDetail, FewClicksEventMap, Item, ItemOverride, SavedState, ShownItem } from "./types.js" */
/** @import { Source } from "./stage.js" */
/** @import { Shown } from "./view/context.js" */
/** @import { View } from "./view/view.js" */
/** @import { VisitEvents, VisitSettings } from "./visit-types.js" */

/** @implements {Source} @implements {ActionTargets} @implements {VisitSettings} @implements {VisitEvents<Visit>} */
export class Controller {
  /** Open, opening or failed. @type {Visit | null} */
  current = null;
  /** The error that ended loading. @type {ErrorDetail | null} */
  failure = null;
  /** What the site has said of the visitor, kept across loading and starting over. @type {Map<string, string | null>} */
  userFields = new Map();
  /** What the next visit goes on from. @type {SavedState | null} */
  savedState = null;
  /** @type {((item: ShownItem) => boolean) | null} */
  filter = null;
  /** @type {Record<string, ItemOverride>} */
  overrides = {};
  skipped = false;
  /** Whether `follow` is due, once the page's script has set all that it sets. */
  #due = false;
  #disabled = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} of the wait for a bundle */
  #timer;

  /** @param {FormControl} element */
  constructor(element) {
    this.element = element;
    this.stage = new Stage(element, this);
    this.act = actions(this);
    this.surroundings = new Surroundings(element, {
      children: () => this.stage.mend(),
      page: () => this.stage.followPage(),
      storage: (event) => this.#followStorage(event),
    });
  }

  // What attributes and visitor ask for

  /** The visit, for a method that needs the model. */
  get opened() {
    if (this.#due) this.#follow();
    if (this.current) return this.current;
    throw noBundle();
  }

  /** Follow the attributes, once the page's script has set all that it sets. */
  schedule() {
    if (this.#due) return;
    this.#due = true;
    queueMicrotask(() => this.#due && this.#follow());
  }

  /** Apply a change to the visit, and build the view anew. @param {(visit: Visit) => Promise<unknown>} change */
  async apply(change) {
    const visit = this.current;
    try {
      // Until then the change is not needed: what is set is read when the model is there.
      if (visit && !visit.early) await change(visit);
    } catch (error) {
      // A load that fails is reported by itself.
      if (visit?.info) this.error(error);
      return;
    }
    this.stage.rebuild();
  }

  /** @param {boolean} disabled */
  disable(disabled) {
    this.#disabled = disabled;
    this.stage.disable(disabled);
    this.change();
  }

  /** @param {boolean} skipped */
  skip(skipped) {
    this.skipped = skipped;
    this.stage.skip(skipped);
    this.change();
  }

  async forget() {
    this.userFields.clear();
    this.savedState = null;
    if (this.current) {
      await this.current.forget();
      await this.replaceTiles();
    } else if (this.storageKey) (await loadRemembered()).removeState(this.storageKey);
  }

  async retry() {
    await this.#load();
    if (!this.element.matches(":focus-within")) this.stage.view?.focus();
  }

  // What there is to show. A visitor can act only where there are both a visit and a view.

  get visit() { return /** @type {Visit} */ (this.current); }
  get view() { return /** @type {View} */ (this.stage.view); }
  get pictured() { return this.element.images !== null || Object.values(this.overrides).some((own) => own?.image); }

  /** @returns {Shown} */
  get shown() {
    const { answers, recommendations } = this.current?.snapshot ?? { answers: [], recommendations: [] };
    return {
      answers, recommendations,
      remembered: Boolean(this.current?.info) && this.element.remember !== null,
      undoable: answers.length > 0 || Boolean(this.current?.resetState),
      resettable: Boolean(this.current?.resettable),
    };
  }

  replaceTiles() { return this.stage.replaceTiles(); }

  // What a visit reads each time

  get list() {
    const { rows: count, variety, explore } = this.element;
    return { count, variety, explore };
  }

  get hasListTools() { return this.element.listActions.length + this.element.listFilters.length > 0; }

  get storageKey() { return storageKey(this.element.remember, this.element.bundle); }

  /** @param {Item} item @returns {ShownItem} */
  show(item) { return applyOverride(item, this.overrides, this.element.images); }

  // What a visit reports

  /** Show how much of the bundle has arrived, and the first items as soon as they are known. @param {Visit} visit @param {boolean} first */
  progress(visit, first) {
    if (visit !== this.current || !visit.progress) return;
    const { loaded, total } = visit.progress;
    if (first) this.stage.build();
    else this.stage.view?.list.load(visit.progress);
    this.fire("progress", { loaded, total });
  }

  /** @param {Visit} visit @param {unknown} error */
  stall(visit, error) { if (visit === this.current) this.fail(error); }

  /** @param {unknown} error */
  error(error) { this.fire("error", errorDetail(error)); }

  /** Reflect what the element is now to style sheets, to its form and to its fallback. */
  change() {
    const { element, current } = this;
    const failed = this.failure !== null;
    const ready = Boolean(current?.info) && !failed;
    const answers = current?.snapshot.answers ?? [];
    const view = this.stage.view;
    const count = countedAnswers(element, answers).length;
    reflectStates(element, {
      failed,
      loading: current !== null && !failed && !ready,
      ready,
      complete: count >= element.goal,
      skipped: this.skipped,
      disabled: this.#disabled,
    });
    enableFallback(element, failed);
    const state = current?.info && answers.length > 0 ? JSON.stringify(current.snapshot.state) : null;
    const internals = element[INTERNALS];
    internals.setFormValue(submission(element, current?.snapshot ?? null), state);
    // A form is held back only while there are questions that its visitor can answer.
    if (!view?.asks || !element.required || this.skipped || count >= element.min) {
      view?.demand("");
      return internals.setValidity({});
    }
    const message = view.context.t("valueMissing", { min: element.min, count: element.min });
    internals.setValidity({ valueMissing: true }, message, view.wall.element);
  }

  /** @param {unknown} error that ends loading, or after which the model can do no more */
  fail(error) {
    const detail = errorDetail(error);
    this.failure = detail;
    // Another try goes on from here.
    this.savedState = this.current?.snapshot.state ?? null;
    this.stage.fail(detail);
    this.change();
    console.error(`<few-clicks>: ${detail.message}`, error);
    this.fire("error", detail);
  }

  /** End with an error of the view: what is still arriving cannot be shown either. @param {unknown} error */
  abandon(error) {
    this.fail(error);
    this.current = null;
  }

  /** Fire the events that form controls fire. */
  changed() {
    for (const type of ["input", "change"]) this.element.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
  }

  /**
   * Fire an event. An `error` does not bubble, as those of images: `window.onerror` would count it as an uncaught one.
   * @template {keyof FewClicksEventMap} T @param {T} type @param {FewClicksEventMap[T]["detail"]} detail
   */
  fire(type, detail) {
    this.element.dispatchEvent(new CustomEvent(type, { detail, bubbles: type !== "error", composed: true }));
  }

  // Loading

  /** Load what the attributes name now, unless it is loaded or loading. */
  #follow() {
    this.#due = false;
    if (!this.element.isConnected) return;
    const { bundle, worker, loading } = this.element;
    if (this.current?.bundle === bundle && this.current?.worker === worker) return;
    const lazy = loading === "lazy" && bundle;
    this.surroundings.whenVisible(lazy ? () => this.#load() : undefined);
    if (!lazy) this.#load();
    else if (!this.stage.started) this.stage.build();
  }

  /** Open a visit with the bundle, and build the view before and after. */
  async #load() {
    this.failure = null;
    clearTimeout(this.#timer);
    const { bundle, worker } = this.element;
    const visit = bundle === null ? null
      : new Visit({ bundle, worker, state: this.savedState, former: this.current }, this, this);
    this.current = visit;
    this.savedState = null;
    await this.stage.build();
    if (visit === null) {
      this.#timer = setTimeout(() => this.element.isConnected && this.fail(noBundle()), STALL);
      return;
    }
    try {
      await visit.opened;
    } catch (error) {
      this.stall(visit, error);
      return;
    }
    const { info } = visit;
    if (visit !== this.current || !info) return;
    // What arrives after all counts.
    this.failure = null;
    // Tiles that are there already stay.
    if (this.stage.view?.state === "asking") {
      this.stage.view.deal(null, this.shown);
      this.change();
    } else await this.stage.build();
    this.fire("ready", { info });
    this.act.reportEarly();
  }

  /** Follow what another tab has answered. @param {StorageEvent} event */
  async #followStorage(event) {
    const visit = this.current;
    if (!visit?.info || !event.key || event.key !== this.storageKey) return;
    try {
      await visit.follow(event);
      if (visit === this.current) await this.replaceTiles();
    } catch (error) {
      this.error(error);
    }
  }
}

const noBundle = () => fewClicksError("not-ready", "<few-clicks> loads no bundle: set `bundle`; where it loads lazily wait for `ready`.");
