/**
 * The same arithmetic in JavaScript without a library. The visitor's share of the first layer is computed once for all
 * items, and four outputs at a time, so that an input is read once for them: twice as fast as one.
 */
import { read } from "./peer.js";

/** @param {string} folder ends with a slash */
export async function load(folder) {
  const { layers, user, table, width, steps, kappa, rate, ids, position } = await read(folder);
  const [first, second, last] = layers;
  // The first layer in two: the item's and the visitor's share of its weights.
  const start = {
    item: columns(first, 0, width), user: columns(first, width, first.inputs), bias: first.bias,
    weight2: second.weight, bias2: second.bias, weight3: last.weight, bias3: last.bias,
  };
  const [wide, deep] = [first.outputs, second.outputs];
  const shift = new Float32Array(wide);
  const hidden = new Float32Array(wide);
  const hidden2 = new Float32Array(deep);
  const scores = new Float32Array(ids.length);
  let told = [];
  let theta = copy(start);

  const shifted = () => dense(user, 0, width, theta.user, theta.bias, shift);

  function predict(item) {
    dense(table, item * width, width, theta.item, shift, hidden);
    gate(hidden);
    dense(hidden, 0, wide, theta.weight2, theta.bias2, hidden2);
    gate(hidden2);
    return dot(theta.weight3, hidden2) + theta.bias3[0];
  }

  /** θ ← θ − α ∇ Σ (ŷ − r)² / (|S| + κ). */
  function step() {
    const gradient = Object.fromEntries(Object.entries(theta).map(([name, { length }]) => [name, new Float32Array(length)]));
    const delta = new Float32Array(wide);
    const delta2 = new Float32Array(deep);
    shifted();
    for (const { item, rating } of told) {
      const slope = 2 * (predict(item) - rating) / (told.length + kappa);
      for (let i = 0; i < deep; i++) delta2[i] = hidden2[i] > 0 ? slope * theta.weight3[i] : 0;
      delta.fill(0);
      for (let i = 0; i < deep; i++) add(delta, delta2[i], theta.weight2, i * wide);
      for (let i = 0; i < wide; i++) if (hidden[i] <= 0) delta[i] = 0;
      add(gradient.weight3, slope, hidden2, 0);
      gradient.bias3[0] += slope;
      outer(gradient.weight2, delta2, hidden, 0, wide);
      add(gradient.bias2, 1, delta2, 0);
      outer(gradient.item, delta, table, item * width, width);
      add(gradient.bias, 1, delta, 0);
    }
    outer(gradient.user, gradient.bias, user, 0, width);
    for (const name in theta) add(theta[name], -rate, gradient[name], 0);
  }

  return {
    /** @param {[string, number][]} answers ids and ratings, in place of those before */
    tell(answers) {
      told = answers.map(([id, rating]) => ({ item: position.get(id), rating }));
      theta = copy(start);
    },
    adapt() {
      for (let i = 0; i < steps; i++) step();
    },
    /** @param {number} k @returns {string[]} ids of the best that have no answer, best first */
    rank(k) {
      shifted();
      for (let item = 0; item < scores.length; item++) scores[item] = predict(item);
      return best(scores, k, new Set(told.map(({ item }) => item))).map((item) => ids[item]);
    },
  };
}

function copy(theta) {
  return Object.fromEntries(Object.entries(theta).map(([name, numbers]) => [name, numbers.slice()]));
}

/** Some columns of a layer's weight. */
function columns({ weight, inputs, outputs }, from, to) {
  const width = to - from;
  const part = new Float32Array(outputs * width);
  for (let row = 0; row < outputs; row++) part.set(weight.subarray(row * inputs + from, row * inputs + to), row * width);
  return part;
}

/** out ← W·input + bias for the `inputs` numbers from `at` on; the number of outputs is a multiple of four. */
function dense(input, at, inputs, weight, bias, out) {
  for (let j = 0; j < out.length; j += 4) {
    let a = bias[j];
    let b = bias[j + 1];
    let c = bias[j + 2];
    let d = bias[j + 3];
    const wa = j * inputs;
    const wb = wa + inputs;
    const wc = wb + inputs;
    const wd = wc + inputs;
    for (let i = 0; i < inputs; i++) {
      const x = input[at + i];
      a += x * weight[wa + i];
      b += x * weight[wb + i];
      c += x * weight[wc + i];
      d += x * weight[wd + i];
    }
    out[j] = a;
    out[j + 1] = b;
    out[j + 2] = c;
    out[j + 3] = d;
  }
}

/** ReLU. */
function gate(numbers) {
  for (let i = 0; i < numbers.length; i++) if (numbers[i] < 0) numbers[i] = 0;
}

function dot(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** to ← to + factor · (as many numbers of `from`, from `at` on). */
function add(to, factor, from, at) {
  for (let i = 0; i < to.length; i++) to[i] += factor * from[at + i];
}

/** to ← to + delta ⊗ (the `inputs` numbers of `input` from `at` on). */
function outer(to, delta, input, at, inputs) {
  for (let j = 0; j < delta.length; j++) {
    const d = delta[j];
    if (d !== 0) for (let i = 0; i < inputs; i++) to[j * inputs + i] += d * input[at + i];
  }
}

/**
 * Return the positions of the `k` highest scores, best first, without those in `left`: one pass, with a sorted list of the
 * best so far.
 * @param {Float32Array} scores @param {number} k @param {Set<number>} left
 */
function best(scores, k, left) {
  const chosen = [];
  let least = -Infinity;
  for (let item = 0; item < scores.length; item++) {
    const score = scores[item];
    if (!(score > least) || left.has(item)) continue;
    let rank = chosen.length;
    while (rank > 0 && scores[chosen[rank - 1]] < score) rank--;
    chosen.splice(rank, 0, item);
    if (chosen.length > k) chosen.pop();
    if (chosen.length === k) least = scores[chosen[k - 1]];
  }
  return chosen;
}
