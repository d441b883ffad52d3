/** The `<few-clicks>` element: attributes, properties, methods and callbacks on the outside. A controller is inside. */
import { MAX_FOUND } from "./actions.js";
import { BUNDLE_KIND, names } from "./attributes.js";
import { Controller } from "./controller.js";
import { withCodes } from "./error.js";
import { FormControl } from "./form-control.js";
import { formValue } from "./form.js";
import { upgradeProperties } from "./page.js";

/** @import { FewClicksElement as Declared } from "./element.js" the public interface, as `element.d.ts` declares it */
/** @import { Answer, Answered, SavedState } from "./types.js" */

/** A change of these attributes opens a new visit, or changes only what the form sees or what is recommended. Of any other observed one the view is built anew. */
const OPENING = ["bundle", "loading", "worker"];
const FORM = ["disabled", "min", "name", "submit"];
const LIST = ["rows", "variety", "explore", "list-actions", "list-filters", "remember"];

/** @typedef {"addEventListener" | "removeEventListener"} ListenerMethods declared only so that listeners know their events */

/** @implements {Omit<Declared, ListenerMethods>} */
export class FewClicksElement extends FormControl {
  static observedAttributes = ["lang", ...names];

  #inside = new Controller(this);

  constructor() {
    super();
    this.addEventListener("invalid", () => this.#inside.stage.view?.demand(this.validationMessage));
  }

  // Lifecycle

  connectedCallback() {
    upgradeProperties(this);
    this.#inside.stage.connect();
    this.#inside.surroundings.connect();
    this.#inside.schedule();
  }

  disconnectedCallback() {
    this.#inside.surroundings.disconnect();
  }

  adoptedCallback() {
    // A document without a window has no style sheets.
    if (this.ownerDocument.defaultView) this.#inside.stage.rebuild();
  }

  /** @param {string} name @param {string | null} before @param {string | null} now */
  attributeChangedCallback(name, before, now) {
    if (before === now || !this.#inside.stage.started) return;
    if (OPENING.includes(name)) return this.#inside.schedule();
    if (FORM.includes(name)) return this.#inside.change();
    if (LIST.includes(name)) this.#inside.apply((visit) => visit.refresh());
    else this.#inside.stage.build();
  }

  /** @param {boolean} disabled */
  formDisabledCallback(disabled) {
    this.#inside.disable(disabled);
  }

  formResetCallback() {
    this.resume();
    if (this.info) this.reset();
    else for (const { item } of this.answers) this.#inside.act.undo(item.id);
  }

  /** @param {string} state as `#reflect` gave it to the form */
  formStateRestoreCallback(state) {
    const saved = JSON.parse(state);
    if (this.#inside.current) this.#inside.current.opened.then(() => this.#inside.apply((visit) => visit.restore(saved)), () => {});
    else this.#inside.savedState = saved;
  }

  // Properties

  get messages() { return this.#inside.stage.messages; }
  set messages(value) {
    this.#inside.stage.messages = { ...value };
    this.#inside.stage.rebuild();
  }

  get filter() { return this.#inside.filter; }
  set filter(value) {
    this.#inside.filter = value;
    this.#inside.apply((visit) => visit.applyFilter());
  }

  get overrides() { return this.#inside.overrides; }
  set overrides(value) {
    this.#inside.overrides = { ...value };
    this.#inside.apply((visit) => visit.applyOverrides());
  }

  get renderTile() { return this.#inside.stage.siteTiles.render; }
  set renderTile(value) {
    this.#inside.stage.siteTiles.render = value;
    this.#inside.stage.rebuild();
  }

  get info() { return this.#inside.current?.info ?? null; }
  get [BUNDLE_KIND]() { return this.#inside.current?.progress?.kind; }
  get answers() { return this.#inside.current?.snapshot.answers ?? []; }
  get adaptation() { return this.#inside.current?.snapshot.adaptation ?? null; }
  get skipped() { return this.#inside.skipped; }
  get value() { return formValue(this, this.#inside.current?.snapshot ?? null); }

  // Methods. Those that need the model wait for a bundle that is loading.

  /** @param {string} id @param {Answer} value */
  async answer(id, value) {
    await this.#inside.opened.answer(id, value);
    this.#inside.stage.update();
  }

  /** @param {string} [id] @returns {Promise<Answered | null>} */
  async undo(id) {
    const undone = await this.#inside.opened.undo(id);
    if (undone) this.#inside.stage.view?.wall.bringBack(undone.item);
    this.#inside.stage.update();
    return undone;
  }

  async reset() {
    const state = await this.save();
    await this.restore({ ...state, answers: [] });
  }

  /** @param {number} [count] */
  async recommend(count = this.rows) {
    return this.#inside.opened.recommend(count);
  }

  /** @param {string} id */
  async explain(id) {
    return this.#inside.opened.explain(id);
  }

  /** @param {string} text @param {number} [limit] */
  async search(text, limit = MAX_FOUND) {
    return this.#inside.opened.search(text, limit);
  }

  /** @param {string} field @param {string | null} value */
  async describe(field, value) {
    if (this.info) {
      // The model first: what it refuses is not kept either.
      await this.#inside.opened.describe(field, value);
      this.#inside.stage.update();
    }
    // Until then what is said is kept, and refused, or not, by the model.
    this.#inside.userFields.set(field, value);
  }

  async save() {
    return this.#inside.opened.save();
  }

  /** @param {SavedState} state */
  async restore(state) {
    const missing = await this.#inside.opened.restore(state);
    await this.#inside.stage.replaceTiles();
    return missing;
  }

  async forget() {
    await this.#inside.forget();
  }

  skip() { this.#inside.skip(true); }
  resume() { this.#inside.skip(false); }
  focus() { this.#inside.stage.view?.focus(); }

  static {
    withCodes(this.prototype, (element, error) => element.#inside.fail(error));
  }
}
