/** What an element shows: its view, built anew whenever its words, its mode or its bundle change, and the site's own tiles in it. */
import { addonsOf } from "./addons.js";
import { viewSettings } from "./attributes.js";
import { enableFallback, keepBegun } from "./fallback.js";
import { language, translator } from "./messages/translator.js";
import { languageOf, schemeAround } from "./page.js";
import { h } from "./view/dom.js";
import { colours, details } from "./view/poster.js";
import { SiteTiles } from "./view/site-tiles.js";
import { View } from "./view/view.js";

/** @import { AttributeProperties } from "./attributes.js" */
/** @import { ErrorDetail, Messages } from "./types.js" */
/** @import { Actions, Context, Shown } from "./view/context.js" */
/** @import { Visit } from "./visit.js" */

/**
 * What there is to show. All may change at any time, so that it is read each time it is needed.
 * @typedef {object} Source
 * @property {Visit | null} current visit: open, opening or failed
 * @property {ErrorDetail | null} failure
 * @property {Shown} shown
 * @property {boolean} pictured whether the site gives images
 * @property {Actions} act
 * @property {() => void} change called when the view has changed
 * @property {(error: unknown) => void} abandon called when the view cannot be built
 */

export class Stage {
  /** @type {View | null} */
  view = null;
  /** Whether a view has been built, or is being built. */
  started = false;
  /** The site's own messages. @type {Partial<Messages>} */
  messages = {};
  siteTiles;
  #element;
  #source;
  /** Number of the latest build. A build awaits messages, so that a later one may overtake it. */
  #lastBuild = 0;
  /** The language of the view, as the page gives it. */
  #language = "";
  /** Whether the visitor had begun to fill in the fallback before the element was there. */
  #begun = false;
  #disabled = false;
  #skipped = false;

  /** @param {HTMLElement & AttributeProperties} element @param {Source} source */
  constructor(element, source) {
    this.#element = element;
    this.#source = source;
    this.siteTiles = new SiteTiles(element);
  }

  /** Take over the children that the element has when it is connected. */
  connect() {
    if (!this.started) this.#begun = keepBegun(this.#element);
    this.mend();
    if (this.started) this.followPage();
  }

  /** Mend what the page has done to the element's children. */
  mend() {
    enableFallback(this.#element, this.#source.failure !== null);
    if (this.siteTiles.mend()) this.rebuild();
  }

  /** Follow a change of the page's language or colours. */
  followPage() {
    this.view?.setScheme(schemeAround(this.#element));
    if (this.#language !== languageOf(this.#element)) this.rebuild();
  }

  /** Build the view anew, if there is one. */
  rebuild() {
    if (this.started) this.build();
  }

  /** Build the view. */
  async build() {
    this.started = true;
    const build = ++this.#lastBuild;
    this.#language = languageOf(this.#element);
    const { words, lang } = await language(this.#language, this.messages);
    if (build !== this.#lastBuild) return;
    const { failure, current: visit } = this.#source;
    try {
      this.siteTiles.clear();
      this.view = new View(this.#root, this.#context((more) => translator(this.messages, { ...words, ...more }, lang, this.#element.mode), lang));
      this.view.setScheme(schemeAround(this.#element));
      this.view.disable(this.#disabled);
      this.view.skip(this.#skipped);
      if (failure) this.view.fail(failure);
      else if (visit?.info) await this.#deal(visit);
      else this.#wait(this.view);
      if (visit) this.#add(this.view);
      this.#source.change();
    } catch (error) {
      this.#source.abandon(error);
    }
  }

  /** Show a failure; only the fallback where there is no view, or the site's own messages are none. @param {ErrorDetail} failure */
  fail(failure) {
    try {
      /** @type {View} */ (this.view).fail(failure);
    } catch {
      this.view = null;
      this.#root.replaceChildren(h("slot", { name: "fallback" }));
    }
  }

  /** Show that all answers have become others: rating goes on with other tiles, picking with those that are there. */
  async replaceTiles() {
    const { shown, current: visit } = this.#source;
    if (this.#element.mode === "pick") this.view?.update(shown, false);
    else if (visit) await this.#deal(visit);
  }

  update() {
    this.view?.update(this.#source.shown);
  }

  /** @param {boolean} disabled */
  disable(disabled) {
    this.#disabled = disabled;
    this.view?.disable(disabled);
  }

  /** @param {boolean} skipped */
  skip(skipped) {
    this.#skipped = skipped;
    this.view?.skip(skipped);
  }

  get #root() {
    return this.#element.shadowRoot ?? this.#element.attachShadow({ mode: "open", delegatesFocus: true });
  }

  /** @param {Context["translate"]} translate @param {string} lang @returns {Context} */
  #context(translate, lang) {
    const settings = viewSettings(this.#element);
    return {
      ...settings, translate, lang,
      t: translate({}),
      begun: this.#begun,
      pictured: this.#source.pictured,
      scale: this.#source.current?.progress?.scale ?? { min: 1, max: 5 },
      details: (item) => details(item, settings.fields),
      look: colours,
      siteTile: (item) => this.siteTiles.draw(item, settings.mode),
      act: this.#source.act,
    };
  }

  /** Show blank tiles, or the first items where they are known. @param {View} view */
  #wait(view) {
    const { current: visit, shown } = this.#source;
    view.wait();
    if (!visit?.progress) return;
    view.list.load(visit.progress);
    const items = visit.opening(this.#element.tiles);
    if (items.length > 0) view.deal(items, shown, "asking");
  }

  /** Add to a view what is loaded beside the bundle, once it is there. What does not arrive is left out. @param {View} view */
  #add(view) {
    for (const load of addonsOf(view.context)) {
      load().then(({ style, attach }) => {
        view.addStyle(style);
        attach(view);
        if (view === this.view && view.state === "ready") view.update(this.#source.shown, false);
      }).catch(() => {});
    }
  }

  /** @param {Visit} visit */
  async #deal(visit) {
    const view = this.view;
    const items = await visit.draw(this.#element.tiles, []);
    if (view === this.view) view?.deal(items, this.#source.shown);
  }
}
