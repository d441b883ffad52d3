/** Compare two strategies of asking on the same simulated visitor, side by side, and on average over all visitors. */
import init, { FewClicks } from "../pkg/fewclicks.js";
import { average } from "./averages.js";
import { chart } from "./chart.js";
import { make } from "./make.js";
import { byEvidence, byPopularity, Replay } from "./replay.js";

const QUESTIONS = 20;
/** In stars: smaller changes are zero at two decimals. */
const SMALL = 0.005;
const TOP = 6;
const PAUSE = 900;
const NAMES = ["Most popular", "Evidence candidates"];

const part = (selector) => document.querySelector(selector);
const [step, play, other] = ["#step", "#play", "#other"].map(part);
const columns = [...document.querySelectorAll(".column .shown")];

try {
  await start();
} catch (error) {
  part("#who").textContent = `This comparison needs the demonstration’s own films and its simulated visitors, which \`cargo xtask demo\` makes. (${error.message})`;
}

async function start() {
  const [model, { popular, visitors }] = await Promise.all([load(), people()]);
  const items = new Map(model.items().map((item) => [item.id, item]));
  const strategies = [byPopularity(popular), byEvidence];
  // First those who know most films: others answer hardly any question.
  const order = visitors.toSorted((a, b) => b.ratings.length - a.ratings.length);
  let current = -1;
  let replays = [];
  let timer = null;

  function next() {
    current = (current + 1) % order.length;
    replays.forEach((replay) => replay.close());
    replays = strategies.map((strategy) => new Replay(model, order[current], strategy));
    part("#who").textContent = introduce(order[current], current, order.length);
    show();
  }

  function ask() {
    replays.forEach((replay) => replay.step());
    show();
    if (over()) pause();
  }

  const over = () => replays[0].questions.length >= QUESTIONS;

  function show() {
    replays.forEach((replay, i) => columns[i].replaceChildren(...column(replay, items)));
    part("#position").textContent = `Question ${replays[0].questions.length} of ${QUESTIONS}`;
    step.disabled = play.disabled = over();
  }

  function pause() {
    clearInterval(timer);
    timer = null;
    play.textContent = "Play";
    play.setAttribute("aria-pressed", "false");
  }

  step.addEventListener("click", () => { pause(); ask(); });
  other.addEventListener("click", () => { pause(); next(); });
  play.addEventListener("click", () => {
    if (timer) return pause();
    timer = setInterval(ask, PAUSE);
    play.textContent = "Pause";
    play.setAttribute("aria-pressed", "true");
    ask();
  });

  next();
  for (const hidden of [".controls", ".columns", ".averages"]) part(hidden).hidden = false;
  await average(model, order, strategies, QUESTIONS, (outcome) => {
    part("#averages-lead").textContent = verdict(outcome, order.length);
    part("#averages").replaceChildren(...chart(outcome.averages, NAMES));
  });
}

async function load() {
  await init();
  return FewClicks.load("bundle");
}

async function people() {
  const response = await fetch("visitors.json");
  if (!response.ok) throw new Error(`visitors.json: ${response.status}`);
  return response.json();
}

function introduce({ user, ratings, kept }, index, count) {
  const told = Object.entries(user).map(([field, value]) => `${field}: ${value}`).join(", ");
  return `Visitor ${index + 1} of ${count} (${told || "says nothing of themselves"}) has rated ${ratings.length + kept.length} films; ${kept.length} of these ratings are kept back.`;
}

/** @param {Replay} replay @param {Map<string, import("../pkg/model.js").Item>} items */
function column(replay, items) {
  const { questions, errors, answered } = replay;
  const change = errors.at(-1) - errors[0];
  const latest = questions.at(-1);
  return [
    make("div", { class: "figures" },
      figure(`${errors.at(-1).toFixed(2)}`, `stars off, ${Math.abs(change) < SMALL ? "as at the start" : `${Math.abs(change).toFixed(2)} ${change < 0 ? "less" : "more"} than at the start`}`),
      figure(String(answered), answered === 1 ? "film known" : "films known")),
    latest ? question(items.get(latest.id), latest.rating) : make("div", { class: "card" }, make("p", { class: "hint" }, "No question yet.")),
    make("ol", { class: "asked", "aria-label": "Questions so far" }, ...questions.map(({ id, rating }, i) => asked(items.get(id), rating, i))),
    make("h3", {}, "What is recommended now"),
    make("ol", { class: "top-list" }, ...replay.top(TOP).map(recommended)),
  ];
}

function figure(value, label) {
  return make("p", {}, make("strong", {}, value), " ", label);
}

function question({ title, fields: { year = [], director = [] } }, rating) {
  return make("div", { class: rating === null ? "card unseen" : "card" },
    make("p", { class: "film" }, title),
    make("p", { class: "hint" }, [...year, director.join(", ")].filter(Boolean).join(" · ")),
    make("p", { class: "said" }, rating === null ? "Haven’t seen it" : stars(rating)));
}

/** Create a square for a question: its shade shows the answer, and its hidden text says it. */
function asked({ title }, rating, index) {
  const words = `${index + 1}. ${title}: ${rating === null ? "not seen" : `${rating} stars`}`;
  return make("li", { title: words, class: rating === null ? "unseen" : `rated rated-${Math.round(rating)}` },
    make("span", { class: "unseen-words" }, words), make("span", { "aria-hidden": "true" }, rating === null ? "–" : String(rating)));
}

function recommended({ item: { title, fields: { year = [] } }, truth }) {
  return make("li", {},
    make("span", { class: "film" }, title, " ", make("small", {}, year.join(""))),
    make("span", { class: truth === null ? "truth none" : "truth" }, truth === null ? "never rated it" : `gave it ${truth}`));
}

function stars(rating) {
  return make("span", { role: "img", "aria-label": `${rating} stars` }, "★".repeat(Math.round(rating)) + "☆".repeat(5 - Math.round(rating)));
}

/** Say which strategy is ahead, and whether that may be chance. @param {import("./averages.js").Outcome} outcome */
function verdict({ visitors, difference, deviation }, count) {
  const who = visitors < count ? `So far ${visitors} of ${count} visitors` : `All ${count} visitors`;
  const ahead = `${difference > 0 ? "evidence candidates are" : "the most popular films are"} ahead by ${Math.abs(difference).toFixed(3)} stars`;
  const chance = Math.abs(difference) < 2 * deviation ? "That may well be chance" : "That is more than chance would explain";
  return `${who}: after ${QUESTIONS} questions ${ahead}, with a standard error of ${deviation.toFixed(3)}. ${chance}. Most questions bring no answer, as nobody has seen everything.`;
}
