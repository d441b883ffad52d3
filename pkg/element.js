/** The `<few-clicks>` element: methods and events on the outside, the model and its view on the inside. */
import { Attributes } from "./attributes.js";
import { counted, saidText } from "./controls.js";
import { Deck } from "./deck.js";
import { coded, load } from "./engine.js";
import { translator } from "./messages.js";
import { drop, keep, recall } from "./storage.js";
import { View } from "./view.js";

/** @typedef {import("./element.js").Answer} Answer */

export class FewClicksElement extends Attributes {
  static observedAttributes = ["bundle", "details", "goal", "lang", "mode", "rating", "recommendations", "tiles"];

  /** @type {import("./fewclicks.js").FewClicks | null} */
  #model = null;
  /** @type {Deck | null} */
  #deck = null;
  /** @type {View | null} */
  #view = null;
  /** @type {Map<string, string | null>} what the site said of the visitor, kept across loading and starting over */
  #described = new Map();
  #messages = {};
  /** What "start over" threw away, until the next answer. */
  #dropped = null;
  /** @type {string | null} URL of the bundle that is loaded or loading */
  #source = null;

  connectedCallback() {
    if (!this.#view) this.#build();
    if (this.bundle !== this.#source) this.#load();
  }

  attributeChangedCallback(name, before, now) {
    if (before === now || !this.#view) return;
    if (name !== "bundle") this.#build();
    else if (this.isConnected) this.#load();
  }

  get messages() { return this.#messages; }
  set messages(value) {
    this.#messages = { ...value };
    if (this.#view) this.#build();
  }

  /** About the loaded bundle; null until `ready`. */
  get info() { return this.#model?.info ?? null; }

  /** The answers so far, oldest first. */
  get answers() { return this.#model?.answers() ?? []; }

  /** @param {string} id @param {Answer} value */
  answer(id, value) {
    this.#ready.answer(id, value);
    this.#changed();
  }

  /** @param {string} [id] without it, the latest answer @returns {import("./element.js").Answered | null} what was taken back */
  undo(id) {
    const undone = this.#ready.undo(id);
    if (undone) this.#view.wall.bringBack(undone.item);
    this.#changed();
    return undone;
  }

  /** Takes back all answers; what `describe` said stays. */
  reset() {
    this.#ready.forget();
    this.#describeAll();
    this.#replaced();
  }

  /** @param {number} [count] */
  recommend(count = this.recommendations) {
    return this.#ready.recommend(count);
  }

  /** @param {string} field @param {string | null} value null for unknown */
  describe(field, value) {
    // The model first: what it refuses with an error is not kept either.
    this.#model?.describe(field, value);
    this.#described.set(field, value);
    if (this.#model) this.#changed();
  }

  save() { return this.#ready.save(); }

  restore(state) {
    this.#ready.restore(state);
    this.#describeAll();
    this.#replaced();
  }

  /** Takes back everything: answers, descriptions, and what this browser remembers. */
  forget() {
    this.#described.clear();
    this.#dropped = null;
    if (this.bundle) drop(this.bundle);
    if (!this.#model) return;
    this.#model.forget();
    this.#replaced();
  }

  get #ready() {
    if (this.#model) return this.#model;
    throw coded("not-ready", "<few-clicks> has not loaded its bundle yet; wait for its `ready` event.");
  }

  async #load() {
    const source = this.bundle;
    this.#source = source;
    this.#model?.free();
    this.#model = this.#deck = this.#dropped = null;
    this.#view.wait();
    if (source === null) return;
    try {
      const model = await load(source);
      if (source !== this.#source) return model.free();
      this.#model = model;
      this.#deck = new Deck(model);
      this.#recall();
      this.#describeAll();
    } catch (error) {
      if (source === this.#source) this.#fail(error);
      return;
    }
    this.#build();
    this.#fire("ready", { info: this.#model.info });
  }

  #fail({ code, message }) {
    this.#model?.free();
    this.#model = this.#deck = null;
    this.#view.fail(code);
    this.#fire("error", { code, message });
  }

  /** Stored answers that the model refuses are dropped: the visitor begins afresh. */
  #recall() {
    const state = this.remember && recall(this.#source);
    if (!state) return;
    try {
      this.#model.restore(state);
    } catch ({ code, message }) {
      drop(this.#source);
      this.#fire("error", { code, message });
    }
  }

  #describeAll() {
    for (const [field, value] of this.#described) this.#model.describe(field, value);
  }

  #persist() {
    if (!this.remember) return;
    // Without descriptions: the site says them again where it still knows them.
    if (this.answers.length > 0) keep(this.#source, { ...this.#model.save(), user: {} });
    else drop(this.#source);
  }

  /** Builds the view anew, for other words or another way of answering. */
  #build() {
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    const { info, mode, goal, tiles, recommendations } = this;
    const lang = this.closest("[lang]")?.getAttribute("lang") ?? "en";
    this.#view = new View(root, {
      t: translator(this.#messages, lang, mode),
      mode, goal, tiles, recommendations,
      // A pick is a like, and shown as one.
      rating: mode === "pick" ? "like" : this.rating,
      fields: this.details,
      kind: info?.kind ?? "ratings",
      scale: info?.scale ?? { min: 1, max: 5 },
      act: {
        answer: (id, value) => this.#answered(id, value),
        undo: (id) => this.#undone(id),
        others: () => this.#others(),
        reset: () => this.#startedOver(),
        retry: () => this.#load().then(() => this.#view.focus()),
        draw: (shown) => this.#deck?.draw(1, shown)[0],
        focusTiles: () => this.#view.wall.focus(),
      },
    });
    if (this.#model) this.#deal();
    else this.#view.wait();
  }

  #deal() {
    this.#view.deal(this.#deck.draw(this.tiles, new Set()), this.#shown());
  }

  /** All answers at once became others: rating goes on with a fresh wall, picking on the tiles that are there. */
  #replaced() {
    this.#persist();
    if (this.mode === "pick") this.#view.update(this.#shown(), false);
    else this.#deal();
  }

  #changed() {
    this.#persist();
    const shown = this.#shown();
    this.#view.update(shown);
    return shown;
  }

  #shown() {
    const answers = this.answers;
    return {
      answers,
      recommendations: this.recommend(),
      remembered: this.remember,
      undoable: answers.length > 0 || this.#dropped !== null,
    };
  }

  // What a visitor does is announced and fires events; what the site does by a method is and does not.

  #answered(id, value) {
    const before = this.answers;
    if (before.some((own) => own.item.id === id && own.value === value)) return this.#undone(id);
    this.#dropped = null;
    this.#model.answer(id, value);
    const { answers, recommendations } = this.#changed();
    const { item } = answers.find((own) => own.item.id === id);
    const count = this.#count(answers);
    this.#said(saidText(this.#view.context, item.title, value), count);
    this.#fire("answer", { item, value, count });
    this.#fire("recommend", { recommendations });
    if (this.#count(before) < this.goal && count >= this.goal) {
      this.#fire("complete", { answers, recommendations });
    }
  }

  #undone(id) {
    if (this.#dropped && this.answers.length === 0) return this.#broughtBack();
    const undone = this.undo(id);
    if (!undone) return;
    const { item } = undone;
    const count = this.#count();
    this.#said(this.#view.context.t("saidUndo", { title: item.title }), count);
    this.#fire("answer", { item, value: null, count });
    this.#fire("recommend", { recommendations: this.recommend() });
  }

  #startedOver() {
    if (this.answers.length === 0) return;
    this.#dropped = this.#model.save();
    this.reset();
    this.#view.announce(this.#view.context.t("saidReset"));
    this.#fire("recommend", { recommendations: this.recommend() });
  }

  #broughtBack() {
    const state = this.#dropped;
    this.#dropped = null;
    this.restore(state);
    this.#said(this.#view.context.t("saidRestored"), this.#count());
    this.#fire("recommend", { recommendations: this.recommend() });
  }

  #others() {
    const { wall, context } = this.#view;
    const items = this.#deck.others(this.tiles, wall.shown());
    this.#view.deal(items, this.#shown());
    this.#view.announce(context.t("saidOthers", { count: items.length }));
  }

  /** Announces, such as "Liked Heat. 2 of 5 answered. Recommendations updated." @param {string} what @param {number} count answers that count, so far */
  #said(what, count) {
    const progress = this.#view.progressText(count);
    this.#view.announce(`${what} ${this.#view.context.t("saidUpdate", { progress })}`);
  }

  #count(answers = this.answers) {
    return counted(this.#view.context, answers).length;
  }

  #fire(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}
