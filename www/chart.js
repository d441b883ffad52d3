/** Draw averages as lines, and the same numbers as a table. */
import { draw, make, table } from "./make.js";

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [640, 270, 60, 14, 18, 34];
/** Stars between two lines of the grid. */
const STEP = 0.02;
/** Numbers of questions that have a label below the lines, and a column in the table. */
const NAMED = [0, 5, 10, 15, 20];

/** @param {import("./averages.js").Averages} averages @param {string[]} names of the strategies @returns {Node[]} */
export function chart(averages, names) {
  const all = averages.flatMap(({ errors }) => errors);
  const [low, high] = [Math.floor(Math.min(...all) / STEP) * STEP, Math.ceil(Math.max(...all) / STEP) * STEP];
  const count = averages[0].errors.length - 1;
  const named = NAMED.filter((n) => n <= count);
  const x = (n) => LEFT + n / count * (WIDTH - LEFT - RIGHT);
  const y = (error) => TOP + (high - error) / (high - low || 1) * (HEIGHT - BOTTOM - TOP);
  const ticks = Array.from({ length: Math.round((high - low) / STEP) + 1 }, (_, i) => low + i * STEP);
  const text = (x, y, words, anchor) => draw("text", { x, y, "text-anchor": anchor }, words);
  const label = averages.map(({ errors }, i) => `${names[i]}: from ${errors[0].toFixed(3)} to ${errors.at(-1).toFixed(3)}`).join("; ");
  const svg = draw("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": `Mean error in stars after 0 to ${count} questions. ${label}. The table below has the numbers.` },
    ...ticks.flatMap((tick) => [
      draw("line", { x1: LEFT, x2: WIDTH - RIGHT, y1: y(tick), y2: y(tick) }),
      text(LEFT - 10, y(tick) + 5, tick.toFixed(2), "end"),
    ]),
    ...named.map((n) => text(x(n), HEIGHT - 8, String(n), "middle")),
    ...averages.map(({ errors }, i) =>
      draw("polyline", { class: `line-${i}`, points: errors.map((error, n) => `${x(n).toFixed(1)},${y(error).toFixed(1)}`).join(" ") })));
  const rows = averages.map(({ errors, answered }, i) =>
    [names[i], ...named.map((n) => errors[n].toFixed(3)), answered.toFixed(1)]);
  return [
    make("p", { class: "legend" }, ...names.map((name, i) => make("span", { class: `swatch-${i}` }, name))),
    svg,
    table("Mean error in stars after so many questions, lower is better", ["Questions", ...named.map(String), "answered"], rows),
  ];
}
