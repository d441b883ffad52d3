/**
 * The panel "What happens on your device": what the model did with the answers, and what was sent over the network. It reads
 * only the public API of `<few-clicks>` and the browser's own record of requests.
 */
import { draw, make, table } from "./make.js";
import { Traffic } from "./traffic.js";

/** @typedef {import("../pkg/element.js").FewClicksElement} FewClicksElement */
/** @typedef {import("../pkg/element.js").Adaptation} Adaptation */

const METHODS = {
  halves: "exact posterior of your taste, and gradient steps on a softmax over the whole catalogue",
  "closed-form": "exact solution of a regularised least-squares problem",
  gradient: "gradient steps on the squared error",
  softmax: "gradient steps on a softmax over the whole catalogue",
};
/** The loss of each method in words. */
const LOSSES = {
  halves: "mean squared error on your ratings",
  "closed-form": "mean squared error on your answers",
  gradient: "mean squared error on your answers",
  softmax: "surprise at your picks (cross-entropy)",
};
const UPDATES_SHOWN = 10;
const REASONS_SHOWN = 6;
const CHOICES = 8;

/**
 * Fill the panel, and keep it up to date while it is open.
 * @param {FewClicksElement} element
 * @param {HTMLDetailsElement} panel empty but for its summary
 */
export function devicePanel(element, panel) {
  const learned = make("section", {}, "Waiting for the model.");
  const reasons = make("section");
  const network = make("section");
  panel.append(make("div", { class: "device-parts" }, learned, reasons, network));

  /** @type {Adaptation[]} */
  let updates = [];
  let ready = Infinity;
  let chosen = null;
  let latest = 0;
  const traffic = new Traffic(() => refresh(showNetwork));

  const refresh = (...parts) => { if (panel.open && element.info) parts.forEach((part) => part()); };

  function showLearned() {
    learned.replaceChildren(make("h3", {}, "The last update"), ...update(updates, element.info.kind));
  }

  async function showReasons() {
    const turn = ++latest;
    const choices = await element.recommend(CHOICES);
    const item = choices.find(({ item }) => item.id === chosen)?.item ?? choices[0]?.item;
    const moved = item ? await element.explain(item.id) : [];
    // A later answer may have started a later call meanwhile.
    if (turn !== latest) return;
    const choose = (id) => { chosen = id; showReasons(); };
    reasons.replaceChildren(make("h3", {}, "What your answers moved"), ...influence(element, choices, item, moved, choose));
  }

  function showNetwork() {
    network.replaceChildren(make("h3", {}, "The network"), ...transfers(element, traffic, ready));
  }

  element.addEventListener("ready", () => {
    panel.hidden = false;
    ready = performance.now();
    updates = element.adaptation ? [element.adaptation] : [];
    refresh(showLearned, showReasons, showNetwork);
  });
  element.addEventListener("recommend", ({ detail: { adaptation } }) => {
    updates = [...updates, adaptation].slice(-UPDATES_SHOWN);
    refresh(showLearned, showReasons, showNetwork);
  });
  element.addEventListener("error", () => { panel.hidden = !element.info; });
  panel.addEventListener("toggle", () => refresh(showLearned, showReasons, showNetwork));
}

/** @param {Adaptation[]} updates oldest first @param {"ratings" | "picks"} kind */
function update(updates, kind) {
  const last = updates.at(-1);
  if (!last) return [make("p", {}, "Nothing yet.")];
  const { method, steps, answers, milliseconds } = last;
  const rows = updates.filter(({ answers }) => answers > 0);
  return [
    facts([
      ["Method", METHODS[method] ?? method],
      ["Local steps", method === "closed-form" ? `${steps} (one solve, no iteration)` : String(steps)],
      [method === "halves" ? "Answers" : kind === "picks" ? "Picks" : "Answers with a rating", String(answers)],
      ["Time to adapt and rank", `${number(milliseconds, 1)} ms`],
    ]),
    ...rows.length === 0
      ? [make("p", { class: "hint" }, "With your first answer, this shows how much better the model fits you after adapting.")]
      : losses(rows, LOSSES[method] ?? "loss"),
  ];
}

/** Draw the loss before and after each update as pairs of bars, and the same numbers as a table. */
function losses(updates, name) {
  const [width, height] = [UPDATES_SHOWN * 24, 72];
  const max = Math.max(...updates.flatMap(({ lossBefore, lossAfter }) => [lossBefore, lossAfter]), Number.EPSILON);
  const bar = (value, x, kind) => {
    const tall = Math.max(1, value / max * height);
    return draw("rect", { x, y: height - tall, width: 8, height: tall, class: kind });
  };
  const bars = updates.flatMap(({ lossBefore, lossAfter }, i) => [bar(lossBefore, i * 24, "before"), bar(lossAfter, i * 24 + 9, "after")]);
  const rows = updates.map(({ answers, lossBefore, lossAfter, milliseconds }) =>
    [String(answers), number(lossBefore, 3), number(lossAfter, 3), `${number(milliseconds, 1)} ms`]);
  return [
    make("p", { class: "key" }, `The ${name}, `, make("b", { class: "before" }, "before"), " and ", make("b", { class: "after" }, "after"), " each update:"),
    draw("svg", { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "xMinYMax", "aria-hidden": "true", class: "losses" }, ...bars),
    table(`The ${name}, by update`, ["Answers", "Before", "After", "Time"], rows),
  ];
}

/** Draw how far each answer moved one recommendation. */
function influence(element, choices, item, moved, choose) {
  if (moved.length === 0) {
    return [make("p", {}, "An answer moves what is predicted for every other item. After your first one, this shows how far.")];
  }
  const options = choices.map(({ item: { id, title } }) => make("option", { value: id, selected: id === item.id }, title));
  const select = make("select", {}, ...options);
  select.addEventListener("change", () => choose(select.value));
  const picks = element.info.kind === "picks";
  const [answer, unit] = picks ? ["pick", "score points"] : ["answer", "stars"];
  const shown = moved.slice(0, REASONS_SHOWN);
  const max = Math.max(...shown.map(({ influence }) => Math.abs(influence)), Number.EPSILON);
  const rows = shown.map(({ item: { title }, value, influence }) =>
    [picks ? title : `${title} (${said(value)})`, make("span", { class: "moved" }, move(influence / max), signed(influence))]);
  return [
    make("label", {}, "Recommendation ", select),
    table(`How far each ${answer} moved it, in ${unit}`, [picks ? "What you picked" : "What you said", "Moved it by"], rows),
  ];
}

/** Draw a bar to the right of the middle, or to the left of it. @param {number} share of the longest bar, from −1 to 1 */
function move(share) {
  const length = Math.abs(share) * 50;
  return draw("svg", { viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" },
    draw("rect", { x: share < 0 ? 50 - length : 50, y: 0, width: length, height: 10, class: share < 0 ? "before" : "after" }),
    draw("line", { x1: 50, x2: 50, y1: 0, y2: 10 }));
}

/** @param {FewClicksElement} element @param {Traffic} traffic @param {number} ready */
function transfers(element, traffic, ready) {
  const since = traffic.since(ready);
  const [model, program] = [element.bundle, new URL("../pkg/", import.meta.url).href].map((folder) => traffic.size(folder));
  const seconds = Math.round((performance.now() - ready) / 1000);
  return [
    facts([
      ["Bytes sent since the model was ready", since.length === 0 ? "0" : "not known: there were requests"],
      ["Requests since then", since.length === 0 ? `none in ${seconds} s` : since.map(({ name }) => name).join(", ")],
      ["Downloaded before: the model", bytes(model)],
      ["Downloaded before: the program", bytes(program)],
    ]),
    make("p", { class: "hint" }, "Counted by your browser (PerformanceObserver), not by us. Your developer tools should show the same."),
  ];
}

/** @param {[string, string][]} pairs */
function facts(pairs) {
  return make("dl", {}, ...pairs.map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value))));
}

/** @param {import("../pkg/element.js").Answer} value */
function said(value) {
  return { like: "liked", dislike: "disliked" }[value] ?? `${value} stars`;
}

function number(value, digits) {
  return value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function signed(value) {
  return `${value < 0 ? "−" : "+"}${number(Math.abs(value), 2)}`;
}

function bytes(count) {
  return count < 1e6 ? `${Math.round(count / 1e3)} kB` : `${number(count / 1e6, 1)} MB`;
}
