/** What is inside the element: the wall, the progress, the recommendations and the answers, and their states. */
import { countedAnswers } from "./answers.js";
import { h, icon } from "./dom.js";
import { Progress } from "./progress.js";
import { Recommendations } from "./recommendations.js";
import { Strip } from "./strip.js";
import { base, stylesheet } from "./styles/stylesheet.js";
import { Wall } from "./wall.js";

/** @import { ErrorCode, ErrorDetail, ShownItem } from "../types.js" */
/** @import { Context, Shown } from "./context.js" */

/** @typedef {"loading" | "asking" | "ready" | "failed"} State asking: tiles are there, and the model is not */

/** Messages for the codes of failed loading. @type {{ [Code in ErrorCode]?: "failedNetwork" | "failedMissing" | "failedWasm" | "failedWorker" }} */
const FAILURES = { network: "failedNetwork", "bad-source": "failedMissing", "not-ready": "failedMissing", wasm: "failedWasm", worker: "failedWorker" };

/** An error of code `network` says this where a server has answered, such as with 404. */
const STATUS = /: status \d/;

export class View {
  #root;
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
  #fallback = h("slot", { name: "fallback" });
  /** Where the search is put once it is there. */
  search = h("div", { part: "search" });
  #demand = h("p", { part: "demand", role: "alert", hidden: true });
  #resume;
  #skippedLine;
  #frame;
  /** What cannot be used before the model is there. */
  #needModel;

  /** @type {State} */
  state = "loading";
  #skipped = false;

  /** @param {ShadowRoot} root @param {Context} context */
  constructor(root, context) {
    const { t, act, skippable, begun } = context;
    this.context = context;
    this.#root = root;
    this.wall = new Wall(context);
    this.list = new Recommendations(context);
    this.#strip = new Strip(context);
    this.#progress = new Progress(context, skippable ? h("button", { class: "quiet", part: "skip", onclick: () => act.skip() }, t("skip")) : null);
    this.#status = h("p", { class: "hidden", role: "status" });
    this.#undo = button("undo-last", t("undoLast"), () => act.undo(), icon("undo"));
    this.#others = button("others", t("none"), () => act.others());
    this.#reset = button("reset", t("reset"), () => act.reset());
    this.#intro = h("p", { part: "intro" }, t("intro"));
    this.#header = h("header", { part: "header" },
      h("div", { class: "lead" }, h("h2", { id: "heading", part: "heading" }, h("slot", { name: "title" }, t("heading"))), this.#intro),
      this.#progress.element);
    const tools = h("div", { part: "tools" }, this.#others, this.#undo, this.#reset);
    this.#needModel = [this.search, tools];
    this.ask = h("div", { class: "ask" },
      this.search,
      this.#demand,
      this.wall.element,
      h("div", { part: "empty" }, h("slot", { name: "empty" }, t("empty"))),
      tools);
    this.#body = h("div", { class: "body" },
      this.ask,
      this.list.element,
      this.#strip.element);
    this.#fallback.hidden = !begun;
    this.#retry = button("retry", t("retry"), () => act.retry());
    this.#failure = h("div", { part: "failure" });
    this.#resume = button("resume", t("resume"), () => act.resume());
    this.#resume.setAttribute("aria-describedby", "skipped");
    this.#skippedLine = h("div", { class: "aside", part: "skipped" }, h("p", { id: "skipped" }, t("skipped")), this.#resume);
    // The frame takes the focus of a press beside its buttons; else it would go to the first of them.
    this.#frame = h("div", { part: "frame", role: "group", "aria-labelledby": "heading", tabindex: "-1", "data-mode": context.mode, "data-rating": context.rating, "data-images": context.pictured },
      this.#fallback, this.#header, this.#body, this.#failure, this.#skippedLine, this.#status);
    root.adoptedStyleSheets = [];
    this.addStyle(base);
    root.replaceChildren(this.#frame);
    this.#arrange();
  }

  /** Show blank tiles and rows of the final size. */
  wait() {
    this.#enter("loading");
    this.wall.wait(this.context.tiles);
    this.list.wait(this.context.rows);
    this.#progress.show([]);
    this.announce(this.context.t("loading"));
  }

  /** Show a failure in place of the questions. @param {ErrorDetail} error */
  fail({ code, message }) {
    const { t } = this.context;
    const words = STATUS.test(message) ? "failedMissing" : FAILURES[code] ?? "failedBundle";
    this.#failure.replaceChildren(
      h("div", { role: "alert" }, h("p", { class: "title" }, t("failed")), h("p", {}, t(words))),
      this.#retry, this.#fallback);
    this.#enter("failed");
    this.announce("");
  }

  /**
   * Deal a new wall.
   * @param {ShownItem[] | null} items null: the wall that is there stays
   * @param {Shown} shown
   * @param {"ready" | "asking"} [state]
   */
  deal(items, shown, state = "ready") {
    this.#enter(state);
    this.announce("");
    if (items) this.wall.deal(items);
    this.update(shown, false);
  }

  /** Show answers and recommendations. @param {Shown} shown @param {boolean} moving whether to mark what has moved in the recommendations */
  update({ answers, recommendations, remembered, undoable, resettable }, moving = true) {
    const counted = countedAnswers(this.context, answers);
    const values = new Map(answers.map(({ item, value }) => [item.id, value]));
    this.wall.sync(values);
    this.#strip.show(answers, remembered);
    this.#progress.show(counted);
    if (this.state === "asking") return;
    this.list.show(recommendations, { count: counted.length, answered: (id) => values.has(id), moving });
    this.#others.textContent = this.context.t(this.wall.touched ? "others" : "none");
    this.#enable(this.#others, this.wall.shown().size > 0);
    this.#enable(this.#undo, undoable);
    this.#enable(this.#reset, resettable);
  }

  /** Collapse to one line, or expand. A focus inside stays inside. @param {boolean} skipped */
  skip(skipped) {
    const focused = this.#frame.matches(":focus-within");
    this.#skipped = skipped;
    this.#arrange();
    if (focused) this.focus();
  }

  /** Return whether there is a question that can be answered. */
  get asks() {
    return (this.state === "asking" || this.state === "ready") && this.wall.shown().size > 0;
  }

  /** @param {string} text of a style sheet */
  addStyle(text) {
    this.#root.adoptedStyleSheets.push(stylesheet(this.#root.ownerDocument, text));
  }

  /** Set the colour scheme. @param {string} scheme empty for that of the element */
  setScheme(scheme) {
    this.#frame.style.colorScheme = scheme;
  }

  /** Say above the tiles what is missing. @param {string} text empty for nothing */
  demand(text) {
    this.#demand.textContent = text;
    this.#demand.hidden = !text;
  }

  /** Make all of it inert, or not. @param {boolean} disabled */
  disable(disabled) {
    this.#frame.inert = disabled;
  }

  /** Return such as "2 of 5 answered. 1 more and you can go on". @param {number} count of answers that count @returns {string} */
  progressText(count) {
    return this.#progress.text(count);
  }

  /** Announce a text to screen readers, also one that was just announced. @param {string} text */
  announce(text) {
    this.#status.textContent = this.#status.textContent === text && text ? `${text}\u00a0` : text;
  }

  /** Move the focus to the first tile, or to the button that resumes or retries. */
  focus() {
    if (this.#skipped) this.#resume.focus();
    else if (this.state === "failed") this.#retry.focus();
    else if (this.state === "loading") this.#frame.focus({ preventScroll: true });
    else this.wall.focus();
  }

  /** @param {State} state */
  #enter(state) {
    this.state = state;
    this.#arrange();
  }

  /** Show what belongs to the state, and hide the rest. */
  #arrange() {
    const failed = this.state === "failed";
    this.#skippedLine.hidden = !this.#skipped;
    this.#header.hidden = this.#skipped;
    this.#body.hidden = this.#skipped || failed;
    this.#failure.hidden = this.#skipped || !failed;
    if (failed) this.#fallback.hidden = false;
    this.#intro.hidden = this.#progress.element.hidden = failed;
    for (const part of this.#needModel) part.inert = this.state !== "ready";
  }

  /** Enable a button or not. A disabled one stays focusable, so that using it never loses the focus. @param {HTMLElement} target @param {boolean} enabled */
  #enable(target, enabled) {
    target.setAttribute("aria-disabled", String(!enabled));
  }
}

/** @param {string} part @param {string} label @param {() => void} onclick @param {...Node} before what comes before the label */
function button(part, label, onclick, ...before) {
  return h("button", { class: "plain", part, onclick }, ...before, label);
}
