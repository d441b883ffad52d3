/** Compute the mean error of strategies of asking, over all simulated visitors. */
import { Replay } from "./replay.js";

/** @typedef {import("./replay.js").Strategy} Strategy */

/**
 * The result so far.
 * @typedef {object} Outcome
 * @property {number} visitors
 * @property {Averages} averages
 * @property {number} difference by how much the first strategy's error is larger than the second's, in the end
 * @property {number} deviation the difference's standard error
 */

/** @typedef {{ errors: number[], answered: number }[]} Averages one for each strategy, the errors by number of questions */

/**
 * Replay one visitor after the other, and yield to the browser in between.
 * @param {import("../pkg/model.js").FewClicks} model
 * @param {import("./replay.js").Visitor[]} visitors
 * @param {Strategy[]} strategies
 * @param {number} count of questions
 * @param {(outcome: Outcome) => void} progress
 */
export async function average(model, visitors, strategies, count, progress) {
  const all = [];
  for (const visitor of visitors) {
    all.push(strategies.map((strategy) => replayed(model, visitor, strategy, count)));
    if (all.length % 10 === 0 || all.length === visitors.length) progress(outcome(all, strategies.length, count));
    await new Promise((resume) => setTimeout(resume));
  }
}

function replayed(model, visitor, strategy, count) {
  const replay = new Replay(model, visitor, strategy);
  while (replay.questions.length < count && replay.step());
  const { errors, answered } = replay;
  replay.close();
  return { errors, answered };
}

/** @returns {Outcome} */
function outcome(all, strategies, count) {
  const averages = Array.from({ length: strategies }, (_, s) => ({
    errors: Array.from({ length: count + 1 }, (_, n) => mean(all.map((both) => both[s].errors[n] ?? both[s].errors.at(-1)))),
    answered: mean(all.map((both) => both[s].answered)),
  }));
  // Both strategies ask the same visitors, so that differences vary less than errors do.
  const differences = all.map(([first, second]) => first.errors.at(-1) - second.errors.at(-1));
  const difference = mean(differences);
  const variance = mean(differences.map((own) => (own - difference) ** 2));
  return { visitors: all.length, averages, difference, deviation: Math.sqrt(variance / (all.length - 1)) };
}

function mean(numbers) {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
