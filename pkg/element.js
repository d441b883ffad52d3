/** The `<few-clicks>` element: attributes, methods and events on the outside, a visit and its view on the inside. */
import { actions } from "./actions.js";
import { Appearance } from "./view/appearance.js";
import { Attributes, KIND } from "./attributes.js";
import { coded } from "./error.js";
import { counted } from "./view/controls.js";
import { submission } from "./form.js";
import { language, translator } from "./messages/translator.js";
import { drop, entry } from "./storage.js";
import { languageOf, setAgain, whenSeen } from "./page.js";
import { View } from "./view/view.js";
import { Visit } from "./visit.js";

/** @typedef {import("./element.js").Answer} Answer */

/** What a change of these attributes asks for; of any other observed one, that the view is built anew. */
const SOURCE = ["bundle", "worker"];
const FORM = ["min", "name", "submit"];

export class FewClicksElement extends Attributes {
  static formAssociated = true;
  static observedAttributes = [
    ...SOURCE, ...FORM, "details", "goal", "images", "lang", "mode", "rating", "recommendations", "remember", "required", "tiles",
  ];

  #internals = this.attachInternals();
  #appearance = new Appearance(this);
  /** @type {Visit | null} open, opening or failed */
  #visit = null;
  /** @type {View | null} */
  #view = null;
  /** @type {string | null} code of the error that ended loading */
  #failure = null;
  /** Counts builds of the view, which may overtake each other. */
  #builds = 0;
  /** @type {Map<string, string | null>} what the site said of the visitor, kept across loading and starting over */
  #described = new Map();
  #inside = this.#exposed();
  #act = actions(this.#inside);
  /** @type {import("./element.js").SavedState | null} brought back by the browser before the model was there */
  #pending = null;
  #messages = {};
  #filter = null;
  #skipped = false;
  #disabled = false;

  // Lifecycle

  connectedCallback() {
    setAgain(this);
    if (!this.#view) this.#build();
    if (this.#visit?.bundle === this.bundle) return;
    if (this.loading === "lazy" && this.bundle) whenSeen(this, () => this.isConnected && this.#load());
    else this.#load();
  }

  attributeChangedCallback(name, before, now) {
    if (before === now || !this.#view) return;
    if (SOURCE.includes(name)) return void (this.isConnected && this.#load());
    if (FORM.includes(name)) return this.#phase();
    if (name === "recommendations") this.#refresh((visit) => visit.change());
    else this.#build();
  }

  formDisabledCallback(disabled) {
    this.#disabled = disabled;
    this.#view?.disable(disabled);
    this.#phase();
  }

  formResetCallback() {
    this.resume();
    if (this.info) this.reset();
    else for (const { item } of this.answers) this.#act.undo(item.id);
  }

  formStateRestoreCallback(state) {
    const saved = JSON.parse(state);
    if (this.#visit) this.#visit.opened.then(() => this.#refresh((visit) => visit.restore(saved)), () => {});
    else this.#pending = saved;
  }

  // Properties

  get messages() { return this.#messages; }
  set messages(value) {
    this.#messages = { ...value };
    if (this.#view) this.#build();
  }

  /** Which items may be asked about and recommended; null for all. */
  get filter() { return this.#filter; }
  set filter(value) {
    this.#filter = value;
    this.#refresh((visit) => visit.refilter());
  }

  /** The site's own words, images and addresses of items, by their ids. */
  get items() { return this.#appearance.items; }
  set items(value) {
    this.#appearance.items = { ...value };
    this.#refresh((visit) => visit.redress());
  }

  /** Draws tiles in place of the posters; null for a poster. */
  get renderTile() { return this.#appearance.renderTile; }
  set renderTile(value) {
    this.#appearance.renderTile = value;
    if (this.#view) this.#build();
  }

  /** About the loaded bundle; null until `ready`. */
  get info() { return this.#visit?.info ?? null; }

  get [KIND]() { return this.#visit?.progress?.kind; }

  /** The answers so far, oldest first. */
  get answers() { return this.#shown?.answers ?? []; }

  /** What the latest local update did; null until `ready`. */
  get adaptation() { return this.#shown?.adaptation ?? null; }

  /** Whether the visitor chose to skip the questions for now. */
  get skipped() { return this.#skipped; }

  // Of a form

  get form() { return this.#internals.form; }
  get type() { return "few-clicks"; }
  get labels() { return this.#internals.labels; }
  get validity() { return this.#internals.validity; }
  get validationMessage() { return this.#internals.validationMessage; }
  get willValidate() { return this.#internals.willValidate; }
  checkValidity() { return this.#internals.checkValidity(); }
  reportValidity() { return this.#internals.reportValidity(); }

  // Methods. They wait for a bundle under way.

  /** Answers an item, or changes its answer. @param {string} id @param {Answer} value */
  async answer(id, value) {
    await this.#open.change("answer", id, value);
    this.#view.update(this.#present());
  }

  /** Takes an answer back. @param {string} [id] without it, the latest answer @returns {Promise<import("./element.js").Answered | null>} what was taken back */
  async undo(id) {
    const { result } = await this.#open.change("undo", id);
    if (result) this.#view.wall.bringBack(this.#appearance.dress(result.item));
    this.#view.update(this.#present());
    return result && this.#appearance.dressed(result);
  }

  /** Takes back all answers; what `describe` said stays. */
  async reset() {
    const state = await this.save();
    await this.restore({ ...state, answers: [] });
  }

  /** The best items, never one with an answer. @param {number} [count] as many as the list shows, without it */
  async recommend(count = this.recommendations) {
    const recommendations = await this.#open.call("recommend", count);
    return recommendations.map((own) => this.#appearance.dressed(own));
  }

  /** How far each answer moved the prediction for an item, strongest first. @param {string} id */
  async explain(id) {
    const reasons = await this.#open.call("explain", id);
    return reasons.map((reason) => this.#appearance.dressed(reason));
  }

  /** Finds items by title. @param {string} text @param {number} [limit] */
  async search(text, limit = 8) {
    return this.#open.search(text, limit);
  }

  /** Says something of the visitor, such as an age band. @param {string} field @param {string | null} value null for unknown */
  async describe(field, value) {
    if (this.info) {
      // The model first: what it refuses with an error is not kept either.
      await this.#open.change("describe", field, value);
      this.#view.update(this.#present());
    }
    this.#described.set(field, value);
  }

  /** All answers as plain versioned JSON. */
  async save() {
    await this.#open.opened;
    return this.#shown.state;
  }

  /** Goes on from what `save` gave. @returns {Promise<string[]>} ids of answered items that the bundle does not have any more */
  async restore(state) {
    const gone = await this.#open.restore(state);
    await this.#replaced();
    return gone;
  }

  /** Takes back everything: answers, descriptions, and what this browser remembers. */
  async forget() {
    this.#described.clear();
    this.#pending = null;
    if (!this.#visit) return drop(entry(this));
    await this.#visit.forget();
    await this.#replaced();
  }

  /** As if the visitor had chosen to skip the questions for now. */
  skip() { this.#skip(true); }

  /** Shows the questions again. */
  resume() { this.#skip(false); }

  focus() { this.#view?.focus(); }

  // Inside

  get #open() {
    if (this.#visit) return this.#visit;
    throw coded("not-ready", "<few-clicks> is loading no bundle: set its `bundle` attribute; where it loads lazily wait for `ready`.");
  }

  get #shown() { return this.#visit?.shown ?? null; }

  async #load() {
    this.#failure = null;
    const visit = this.bundle === null ? null : new Visit(this.#inside, this.#pending, this.#visit);
    this.#visit = visit;
    this.#pending = null;
    await this.#build();
    if (visit === null) return;
    try {
      await visit.opened;
    } catch (error) {
      if (visit === this.#visit) this.#fail(error);
      return;
    }
    if (visit !== this.#visit) return;
    // Tiles that are there already stay.
    if (this.#view?.state === "asking") this.#view.deal(null, this.#present());
    else await this.#build();
    this.#fire("ready", { info: this.info });
    this.#act.catchUp();
  }

  /** Shows how much has come, and what can be asked as soon as that is known. */
  #arrived(visit, first) {
    if (visit !== this.#visit) return;
    const { loaded, total } = visit.progress;
    if (first) this.#build();
    else this.#view?.list.load(visit.progress);
    this.#fire("progress", { loaded, total });
  }

  #fail({ code = "bundle", message }) {
    this.#failure = code;
    // Trying again goes on from here.
    this.#pending = this.#shown?.state ?? null;
    this.#view.fail(code);
    this.#phase();
    this.#fire("error", { code, message });
  }

  /** Does what changes more than the answers, where there is a model, and shows it. @param {(visit: Visit) => Promise<unknown>} change */
  async #refresh(change) {
    if (!this.#view) return;
    try {
      if (this.info) await change(this.#visit);
    } catch ({ code, message }) {
      return this.#fire("error", { code, message });
    }
    await this.#build();
  }

  /** Builds the view anew: for other words, another way of answering, another bundle. */
  async #build() {
    const build = ++this.#builds;
    const { words, lang } = await language(languageOf(this), this.#messages);
    if (build !== this.#builds) return;
    this.#appearance.clear();
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open", delegatesFocus: true });
    this.#view = new View(root, this.#context(translator(this.#messages, words, lang, this.mode), lang));
    this.#view.disable(this.#disabled);
    this.#view.skip(this.#skipped);
    if (this.#failure) this.#view.fail(this.#failure);
    else if (this.info) await this.#deal();
    else this.#wait();
    this.#phase();
  }

  #context(t, lang) {
    const { mode, goal, min, tiles, recommendations, required, details } = this;
    return {
      t, lang, mode, goal, min, tiles, recommendations,
      // A pick is a like, and shown as one.
      rating: mode === "pick" ? "like" : this.rating,
      fields: details,
      kind: this[KIND] ?? "ratings",
      scale: this.#visit?.progress?.scale ?? { min: 1, max: 5 },
      skippable: !required,
      custom: (item) => this.#appearance.tile(item),
      act: this.#act,
    };
  }

  /** Blank tiles, or the first real ones. */
  #wait() {
    const visit = this.#visit;
    this.#view.wait();
    if (!visit?.progress) return;
    this.#view.list.load(visit.progress);
    const items = visit.opening(this.tiles);
    if (items.length > 0) this.#view.deal(items, this.#present(), "asking");
  }

  async #deal() {
    const view = this.#view;
    const items = await this.#open.call("draw", this.tiles, []);
    if (view === this.#view) view.deal(items.map((item) => this.#appearance.dress(item)), this.#present());
  }

  /** All answers at once became others: rating goes on with a fresh wall, picking on the tiles that are there. */
  async #replaced() {
    if (this.mode === "pick") this.#view.update(this.#present(), false);
    else await this.#deal();
  }

  #present() {
    return { ...this.#shown, remembered: this.info !== null && this.remember !== null, undoable: this.answers.length > 0 || this.#visit.dropped !== null };
  }

  #skip(skipped) {
    this.#skipped = skipped;
    this.#view?.skip(skipped);
    this.#phase();
  }

  /** What the element is now, to style sheets, to its form and to its fallback. */
  #phase() {
    const failed = this.#failure !== null;
    const given = counted({ mode: this.mode }, this.answers).length;
    const states = {
      failed,
      loading: this.#visit !== null && !failed && !this.info,
      ready: this.info !== null && !failed,
      complete: given >= this.goal,
      skipped: this.#skipped,
      disabled: this.#disabled,
    };
    for (const [name, on] of Object.entries(states)) this.#internals.states[on ? "add" : "delete"](name);
    // Its controls are sent where they are seen, and only there.
    for (const fieldset of this.querySelectorAll(":scope > fieldset[slot=fallback]")) fieldset.disabled = !failed;

    const state = this.info && this.answers.length > 0 ? JSON.stringify(this.#shown.state) : null;
    this.#internals.setFormValue(submission(this, this.#shown), state);
    // A form is held back only by what its visitor can do something about.
    const missing = this.required && !failed && !this.#skipped && given < this.min && this.#view;
    if (!missing) return this.#internals.setValidity({});
    const { context, wall } = this.#view;
    this.#internals.setValidity({ valueMissing: true }, context.t("valueMissing", { min: this.min, count: this.min }), wall.element);
  }

  /** What visits and actions know of the element. @returns {import("./actions.js").Inside} */
  #exposed() {
    const own = this;
    return {
      element: this,
      appearance: this.#appearance,
      described: this.#described,
      get view() { return own.#view; },
      get visit() { return own.#visit; },
      retry: async () => {
        await this.#load();
        if (!this.matches(":focus-within")) this.#view.focus();
      },
      present: () => this.#present(),
      replaced: () => this.#replaced(),
      changed: () => this.#phase(),
      arrived: (visit, first) => this.#arrived(visit, first),
      skip: (skipped) => this.#skip(skipped),
      fail: (error) => this.#fail(error),
      fire: (type, detail) => this.#fire(type, detail),
    };
  }

  #fire(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}
