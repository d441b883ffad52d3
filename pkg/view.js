/** What is inside the element: the wall, the progress, the recommendations and the answers, and their states. */
import { counted } from "./controls.js";
import { h, icon } from "./dom.js";
import { toneOf } from "./poster.js";
import { Recommendations } from "./recommendations.js";
import { Strip } from "./strip.js";
import { stylesheet } from "./styles.js";
import { Wall } from "./wall.js";

/** @typedef {import("./element.js").Answer} Answer */
/** @typedef {import("./element.js").Answered} Answered */
/** @typedef {import("./element.js").Item} Item */
/** @typedef {import("./element.js").Recommendation} Recommendation */

/**
 * What every part of the view knows.
 * @typedef {object} Context
 * @property {ReturnType<typeof import("./messages.js").translator>} t
 * @property {"rate" | "pick"} mode
 * @property {"like" | "stars"} rating
 * @property {"ratings" | "picks"} kind of data that the bundle was trained on
 * @property {{ min: number, max: number }} scale of the bundle's ratings
 * @property {string[]} fields printed under a title
 * @property {number} goal
 * @property {number} tiles
 * @property {number} recommendations
 * @property {Actions} act
 */

/**
 * What a visitor can do; the element carries it out.
 * @typedef {object} Actions
 * @property {(id: string, value: Answer) => void} answer
 * @property {(id?: string) => void} undo
 * @property {() => void} others
 * @property {() => void} reset
 * @property {() => void} retry
 * @property {(shown: Set<string>) => Item | undefined} draw the next item for the wall
 * @property {() => void} focusTiles
 */

/** @typedef {{ answers: Answered[], recommendations: Recommendation[], remembered: boolean, undoable: boolean }} Shown */

export class View {
  /** @param {ShadowRoot} root @param {Context} context */
  constructor(root, context) {
    const { t, act } = context;
    this.context = context;
    this.wall = new Wall(context);
    this.list = new Recommendations(context);
    this.strip = new Strip(context);
    this.bar = h("div", { class: "bar", part: "progress", role: "progressbar", "aria-label": t("progress"), "aria-valuemin": 0, "aria-valuemax": context.goal });
    this.count = h("p", { class: "count", "aria-hidden": "true" });
    this.progress = h("div", { class: "progress" }, this.count, this.bar);
    this.status = h("p", { class: "hidden", role: "status" });
    this.undo = button("undo-last", t("undoLast"), () => act.undo(), icon("undo"));
    this.others = button("others", t("others"), () => act.others());
    this.reset = button("reset", t("reset"), () => act.reset());
    this.failure = h("div", { class: "failure", part: "failure", hidden: true });
    this.body = h("div", { class: "body" },
      h("div", { class: "ask" }, this.wall.element, h("p", { class: "empty" }, t("empty")), h("div", { class: "tools", part: "tools" }, this.others, this.undo, this.reset)),
      this.list.element,
      this.strip.element);
    root.adoptedStyleSheets = [stylesheet()];
    root.replaceChildren(h("div", { class: "frame", part: "frame", "data-mode": context.mode, "data-rating": context.rating },
      h("header", { part: "header" },
        h("div", { class: "lead" }, h("h2", { part: "heading" }, h("slot", { name: "title" }, t("heading"))), h("p", { class: "intro" }, t("intro"))),
        this.progress),
      this.body, this.failure, this.status));
  }

  /** Blank tiles and rows of the final size. */
  wait() {
    this.#state("loading");
    this.wall.wait(this.context.tiles);
    this.list.wait(this.context.recommendations);
    this.#progress([]);
    this.announce(this.context.t("loading"));
  }

  /** @param {string} code of the error */
  fail(code) {
    const { t, act } = this.context;
    const known = { network: "failedNetwork", wasm: "failedWasm" };
    const retry = button("retry", t("retry"), () => act.retry());
    this.failure.replaceChildren(
      h("div", { role: "alert" }, h("p", { class: "title" }, t("failed")), h("p", {}, t(known[code] ?? "failedBundle"))),
      retry, h("slot", { name: "fallback" }));
    this.#state("failed");
    this.announce("");
  }

  /** Lays a new wall under the present answers. @param {Item[]} items @param {Shown} shown */
  deal(items, shown) {
    this.#state("ready");
    this.announce("");
    this.wall.deal(items);
    this.update(shown, false);
  }

  /** @param {Shown} shown @param {boolean} moving marks what moved in the recommendations */
  update({ answers, recommendations, remembered, undoable }, moving = true) {
    const given = counted(this.context, answers);
    const values = new Map(answers.map(({ item, value }) => [item.id, value]));
    this.wall.sync(values);
    this.list.show(recommendations, { count: given.length, answered: (id) => values.has(id), moving });
    this.strip.show(answers, remembered);
    this.#progress(given);
    this.#enable(this.undo, undoable);
    this.#enable(this.reset, answers.length > 0);
  }

  /** @param {number} count answers that count @returns {string} such as "2 of 5 answered" */
  progressText(count) {
    const { t, goal } = this.context;
    return t(count >= goal ? "progressDone" : "progressText", { count, goal });
  }

  /** Says something to a screen reader, even the same thing twice. @param {string} text */
  announce(text) {
    this.status.textContent = this.status.textContent === text && text ? `${text}\u00a0` : text;
  }

  /** Moves the focus to the first thing to do: a tile, or the retry button. */
  focus() {
    if (this.failure.hidden) this.wall.focus();
    else this.failure.querySelector("button").focus();
  }

  #state(state) {
    const failed = state === "failed";
    this.body.hidden = this.progress.hidden = failed;
    this.failure.hidden = !failed;
    this.body.toggleAttribute("inert", state === "loading");
    this.body.setAttribute("aria-busy", String(state === "loading"));
  }

  /** One step for each answer of the goal, in the tone of its poster. */
  #progress(given) {
    const { goal } = this.context;
    const text = this.progressText(given.length);
    this.bar.replaceChildren(...Array.from({ length: goal }, (_, step) =>
      h("span", { class: "step", "data-tone": given[step] && toneOf(given[step].item) })));
    this.bar.setAttribute("aria-valuenow", String(Math.min(given.length, goal)));
    this.bar.setAttribute("aria-valuetext", text);
    this.count.textContent = text;
  }

  /** A button that has nothing to do stays focusable, so that using it never throws the focus away. */
  #enable(target, enabled) {
    target.setAttribute("aria-disabled", String(!enabled));
  }
}

function button(part, label, onclick, ...before) {
  return h("button", { type: "button", class: `plain ${part}`, part, onclick }, ...before, label);
}
