/** What is inside the element: the wall, the progress, the recommendations and the answers, and their states. */
import { counted } from "./controls.js";
import { h, icon } from "./dom.js";
import { Progress } from "./progress.js";
import { Recommendations } from "./recommendations.js";
import { Search } from "./search.js";
import { Strip } from "./strip.js";
import { stylesheet } from "./styles/stylesheet.js";
import { Wall } from "./wall.js";

/** @typedef {import("../element.js").Answer} Answer */
/** @typedef {import("../element.js").Answered} Answered */
/** @typedef {import("../element.js").Item} Item */
/** @typedef {import("../element.js").Recommendation} Recommendation */

/**
 * What every part of the view knows.
 * @typedef {object} Context
 * @property {ReturnType<typeof import("../messages/translator.js").translator>} t
 * @property {string} lang of the words and the digits
 * @property {"rate" | "pick"} mode
 * @property {"like" | "stars"} rating
 * @property {"ratings" | "picks"} kind of data that the bundle was trained on
 * @property {{ min: number, max: number }} scale of the bundle's ratings
 * @property {string[]} fields printed under a title
 * @property {number} goal
 * @property {number} min answers without which one cannot go on, unless `skippable`
 * @property {number} tiles
 * @property {number} recommendations
 * @property {boolean} skippable
 * @property {(item: Item) => HTMLElement | null} custom the site's own drawing of an item, in a slot of its own
 * @property {Actions} act
 */

/**
 * What a visitor can do; the element carries it out, in its own time.
 * @typedef {object} Actions
 * @property {(id: string, value: Answer) => void} answer
 * @property {(id?: string) => void} undo
 * @property {() => void} others
 * @property {() => void} reset
 * @property {() => void} retry
 * @property {() => void} skip
 * @property {() => void} resume
 * @property {() => void} forget
 * @property {(text: string) => Promise<Item[]>} search
 * @property {(item: Item) => void} found what the visitor chose from a search
 * @property {(shown: Set<string>) => Promise<Item | undefined>} draw the next item for the wall
 * @property {(drawing: HTMLElement) => void} release a site's own drawing that is not shown any more
 * @property {() => void} focusTiles
 * @property {() => void} catchUp with what was answered before the model was there
 */

/** @typedef {{ answers: Answered[], recommendations: Recommendation[], remembered: boolean, undoable: boolean }} Shown */

export class View {
  #strip;
  #progress;
  #status;
  #undo;
  #others;
  #reset;
  #intro;
  #header;
  #body;
  #retry;
  #failure;
  #resume;
  #aside;
  #frame;

  #later;

  /** @type {"loading" | "asking" | "ready" | "failed"} asking: tiles are there, and the model is not */
  state = "loading";
  #skipped = false;

  /** @param {ShadowRoot} root @param {Context} context */
  constructor(root, context) {
    const { t, act, skippable } = context;
    this.context = context;
    this.wall = new Wall(context);
    this.list = new Recommendations(context);
    this.#strip = new Strip(context);
    this.#progress = new Progress(context, skippable ? h("button", { class: "quiet", part: "skip", onclick: () => act.skip() }, t("skip")) : null);
    this.#status = h("p", { class: "hidden", role: "status" });
    this.#undo = button("undo-last", t("undoLast"), () => act.undo(), icon("undo"));
    this.#others = button("others", t("others"), () => act.others());
    this.#reset = button("reset", t("reset"), () => act.reset());
    this.#intro = h("p", { part: "intro" }, t("intro"));
    this.#header = h("header", { part: "header" },
      h("div", { class: "lead" }, h("h2", { id: "heading", part: "heading" }, h("slot", { name: "title" }, t("heading"))), this.#intro),
      this.#progress.element);
    const search = new Search(context).element;
    const tools = h("div", { part: "tools" }, this.#others, this.#undo, this.#reset);
    this.#later = [search, tools];
    this.#body = h("div", { class: "body" },
      h("div", { class: "ask" },
        search,
        this.wall.element,
        h("div", { part: "empty" }, h("slot", { name: "empty" }, t("empty"))),
        tools),
      this.list.element,
      this.#strip.element);
    this.#retry = button("retry", t("retry"), () => act.retry());
    this.#failure = h("div", { part: "failure" });
    this.#resume = button("resume", t("resume"), () => act.resume());
    this.#resume.setAttribute("aria-describedby", "skipped");
    this.#aside = h("div", { class: "aside", part: "skipped" }, h("p", { id: "skipped" }, t("skipped")), this.#resume);
    // It can take the focus, so that a press beside a button never lands on the first of them.
    this.#frame = h("div", { part: "frame", role: "group", "aria-labelledby": "heading", tabindex: "-1", "data-mode": context.mode, "data-rating": context.rating },
      this.#header, this.#body, this.#failure, this.#aside, this.#status);
    root.adoptedStyleSheets = [stylesheet()];
    root.replaceChildren(this.#frame);
    this.#arrange();
  }

  /** Blank tiles and rows of the final size. */
  wait() {
    this.#enter("loading");
    this.wall.wait(this.context.tiles);
    this.list.wait(this.context.recommendations);
    this.#progress.show([]);
    this.announce(this.context.t("loading"));
  }

  /** @param {string} code of the error */
  fail(code) {
    const { t } = this.context;
    const known = { network: "failedNetwork", wasm: "failedWasm", worker: "failedWorker" };
    this.#failure.replaceChildren(
      h("div", { role: "alert" }, h("p", { class: "title" }, t("failed")), h("p", {}, t(known[code] ?? "failedBundle"))),
      this.#retry, h("slot", { name: "fallback" }));
    this.#enter("failed");
    this.announce("");
  }

  /**
   * Lays a new wall under the present answers.
   * @param {Item[] | null} items none: the wall that is there stays
   * @param {Shown} shown
   * @param {"ready" | "asking"} [state]
   */
  deal(items, shown, state = "ready") {
    this.#enter(state);
    this.announce("");
    if (items) this.wall.deal(items);
    this.update(shown, false);
  }

  /** @param {Shown} shown @param {boolean} moving marks what moved in the recommendations */
  update({ answers, recommendations, remembered, undoable }, moving = true) {
    const given = counted(this.context, answers);
    const values = new Map(answers.map(({ item, value }) => [item.id, value]));
    this.wall.sync(values);
    this.#strip.show(answers, remembered);
    this.#progress.show(given);
    if (this.state === "asking") return;
    this.list.show(recommendations, { count: given.length, answered: (id) => values.has(id), moving });
    this.list.element.hidden = recommendations.length === 0;
    this.#enable(this.#others, this.wall.shown().size > 0);
    this.#enable(this.#undo, undoable);
    this.#enable(this.#reset, answers.length > 0);
  }

  /** Lays an item that was searched for on the wall, and moves the focus to it. @param {Item} item */
  put(item) {
    this.wall.put(item);
  }

  /** Collapses to one line, or comes back. The focus stays inside if it was there. @param {boolean} skipped */
  skip(skipped) {
    const focused = this.#frame.matches(":focus-within");
    this.#skipped = skipped;
    this.#arrange();
    if (focused) this.focus();
  }

  /** @param {boolean} disabled as a whole, by the form around it */
  disable(disabled) {
    this.#frame.inert = disabled;
  }

  /** @param {number} count answers that count @returns {string} such as "2 of 5 answered. 1 more and you can go on" */
  progressText(count) {
    return this.#progress.text(count);
  }

  /** Says something to a screen reader, even the same thing twice. @param {string} text */
  announce(text) {
    this.#status.textContent = this.#status.textContent === text && text ? `${text}\u00a0` : text;
  }

  /** Moves the focus to the first thing to do: a tile, or the button that leads on from here. */
  focus() {
    if (this.#skipped) this.#resume.focus();
    else if (this.state === "failed") this.#retry.focus();
    else if (this.state === "loading") this.#frame.focus({ preventScroll: true });
    else this.wall.focus();
  }

  #enter(state) {
    this.state = state;
    this.#arrange();
  }

  #arrange() {
    const failed = this.state === "failed";
    this.#aside.hidden = !this.#skipped;
    this.#header.hidden = this.#skipped;
    this.#body.hidden = this.#skipped || failed;
    this.#failure.hidden = this.#skipped || !failed;
    this.#intro.hidden = this.#progress.element.hidden = failed;
    for (const part of this.#later) part.inert = this.state !== "ready";
  }

  /** A button that has nothing to do stays focusable, so that using it never throws the focus away. */
  #enable(target, enabled) {
    target.setAttribute("aria-disabled", String(!enabled));
  }
}

function button(part, label, onclick, ...before) {
  return h("button", { class: "plain", part, onclick }, ...before, label);
}
