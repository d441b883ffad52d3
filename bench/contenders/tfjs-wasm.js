/**
 * TensorFlow.js on its wasm backend, with SIMD and one thread. The whole table is one matrix, with bias and ReLU fused into
 * its products. Only the kernels that are used are registered, so that a bundler leaves out the rest.
 */
import * as tf from "@tensorflow/tfjs-core";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm/dist/base";
import { _fusedMatMulConfig } from "@tensorflow/tfjs-backend-wasm/dist/kernels/_FusedMatMul";
import { addConfig } from "@tensorflow/tfjs-backend-wasm/dist/kernels/Add";
import { batchMatMulConfig } from "@tensorflow/tfjs-backend-wasm/dist/kernels/BatchMatMul";
import { concatConfig } from "@tensorflow/tfjs-backend-wasm/dist/kernels/Concat";
import { gatherV2Config } from "@tensorflow/tfjs-backend-wasm/dist/kernels/GatherV2";
import { multiplyConfig } from "@tensorflow/tfjs-backend-wasm/dist/kernels/Multiply";
import { reshapeConfig } from "@tensorflow/tfjs-backend-wasm/dist/kernels/Reshape";
import { sliceConfig } from "@tensorflow/tfjs-backend-wasm/dist/kernels/Slice";
import { stepConfig } from "@tensorflow/tfjs-backend-wasm/dist/kernels/Step";
import { subConfig } from "@tensorflow/tfjs-backend-wasm/dist/kernels/Sub";
import { sumConfig } from "@tensorflow/tfjs-backend-wasm/dist/kernels/Sum";
import { tileConfig } from "@tensorflow/tfjs-backend-wasm/dist/kernels/Tile";
import { topKConfig } from "@tensorflow/tfjs-backend-wasm/dist/kernels/TopK";
import { transposeConfig } from "@tensorflow/tfjs-backend-wasm/dist/kernels/Transpose";
import { read } from "./peer.js";

const KERNELS = [
  _fusedMatMulConfig, addConfig, batchMatMulConfig, concatConfig, gatherV2Config, multiplyConfig, reshapeConfig, sliceConfig,
  stepConfig, subConfig, sumConfig, tileConfig, topKConfig, transposeConfig,
];

const { matMul: fused } = tf.fused;

/** @param {string} folder ends with a slash */
export async function load(folder) {
  const [peer] = await Promise.all([read(folder), ready()]);
  const { width, steps, kappa, rate, ids, position } = peer;
  const table = tf.tensor2d(peer.table, [ids.length, width]);
  const user = tf.tensor2d(peer.user, [1, width]);
  // Weights as inputs × outputs, which the backend multiplies fastest.
  const start = peer.layers.flatMap(({ weight, bias, inputs, outputs }) =>
    [tf.tidy(() => tf.transpose(tf.tensor2d(weight, [outputs, inputs]))), tf.tensor1d(bias)]);
  let told = [];
  let theta = start;

  /** By hand, as `tf.grads` takes nearly twice as long: one step on the inputs x, transposed too, for the ratings r. */
  function step([weight1, bias1, weight2, bias2, weight3, bias3], x, transposed, r) {
    const hidden1 = relu(x, weight1, bias1);
    const hidden2 = relu(hidden1, weight2, bias2);
    const y = fused({ a: hidden2, b: weight3, bias: bias3 });
    // α times the gradient, as α is the same for all.
    const delta3 = tf.mul(tf.sub(y, r), 2 * rate / (told.length + kappa));
    const delta2 = tf.mul(tf.matMul(delta3, weight3, false, true), tf.step(hidden2));
    const delta1 = tf.mul(tf.matMul(delta2, weight2, false, true), tf.step(hidden1));
    return [
      tf.sub(weight1, tf.matMul(transposed, delta1)), tf.sub(bias1, tf.sum(delta1, 0)),
      tf.sub(weight2, tf.matMul(hidden1, delta2, true)), tf.sub(bias2, tf.sum(delta2, 0)),
      tf.sub(weight3, tf.matMul(hidden2, delta3, true)), tf.sub(bias3, tf.sum(delta3, 0)),
    ];
  }

  function forget() {
    if (theta !== start) tf.dispose(theta);
    theta = start;
  }

  return {
    /** @param {[string, number][]} answers ids and ratings, in place of those before */
    tell(answers) {
      told = answers.map(([id, rating]) => ({ item: position.get(id), rating }));
      forget();
    },
    adapt() {
      const adapted = tf.tidy(() => {
        const items = tf.gather(table, told.map(({ item }) => item));
        const x = tf.concat([items, tf.tile(user, [told.length, 1])], 1);
        const r = tf.tensor2d(told.map(({ rating }) => rating), [told.length, 1]);
        const transposed = tf.transpose(x);
        let moving = start;
        for (let i = 0; i < steps; i++) moving = step(moving, x, transposed, r);
        return moving;
      });
      forget();
      theta = adapted;
    },
    /** @param {number} k @returns {string[]} ids of the best that have no answer, best first */
    rank(k) {
      const left = new Set(told.map(({ item }) => item));
      const items = tf.tidy(() => {
        const [weight1, bias1, weight2, bias2, weight3, bias3] = theta;
        const wide = bias1.size;
        // The visitor's share of the first layer, once for all items.
        const shift = tf.matMul(user, tf.slice(weight1, [width, 0], [width, wide]));
        const bias = tf.add(tf.reshape(shift, [wide]), bias1);
        const hidden1 = relu(table, tf.slice(weight1, [0, 0], [width, wide]), bias);
        const scores = fused({ a: relu(hidden1, weight2, bias2), b: weight3, bias: bias3 });
        // Faster than a choice in JavaScript, though it cannot leave any out.
        return [...tf.topk(tf.reshape(scores, [ids.length]), k + left.size).indices.dataSync()];
      });
      return items.filter((item) => !left.has(item)).slice(0, k).map((item) => ids[item]);
    },
  };
}

function relu(a, b, bias) {
  return fused({ a, b, bias, activation: "relu" });
}

async function ready() {
  KERNELS.forEach(tf.registerKernel);
  setWasmPaths(new URL(".", import.meta.url).href);
  // One thread: as on the pages of most sites, which are not isolated.
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  await tf.setBackend("wasm");
  await tf.ready();
}
