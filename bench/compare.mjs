/** Compare contenders on a synthetic model, and measure ours on the bundles of the demo. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { agree } from "./agreement.mjs";
import { brotliBytes, CONTENDERS, OURS } from "./build.mjs";
import { quantiles } from "./statistics.mjs";

const K = 20;
/** Ids are positions: all over the smaller catalogue, and on all of the scale. */
const ANSWERS = Array.from({ length: 10 }, (_, index) => [String(index * 370), 1 + index % 5]);
const ALL = ["apart", "together"];

/** @typedef {{ median: Record<string, number>, p95: Record<string, number> }} Figures by task */

/**
 * @param {import("./session.mjs").Session} session
 * @param {number} repetitions
 * @param {Record<string, number>} payload by contender
 * @returns {Promise<Record<string, Figures>>} by contender
 */
export async function synthetic(session, repetitions, payload) {
  const small = { folder: "/small/", answers: ANSWERS, k: K };
  const large = { folder: "/large/", answers: ANSWERS, k: K };
  const warm = await checked(session, small, await session.warm(CONTENDERS, small, { visits: ALL, repetitions }));
  const many = await checked(session, large, await session.warm(CONTENDERS, large, { visits: ["apart"], repetitions }));
  const cold = await checked(session, small, await session.cold(CONTENDERS, small));
  return Object.fromEntries(CONTENDERS.map((name) => {
    const { adapt_ms, rank_ms, adapt_rank_ms } = warm.times[name];
    const rank_100000_ms = many.times[name].rank_ms;
    const times = { adapt_ms, rank_3706_ms: rank_ms, rank_100000_ms, adapt_rank_ms, cold_start_ms: cold.times[name] };
    return [name, figures(times, { payload_brotli_bytes: payload[name] })];
  }));
}

/** What was measured, once all lists in it are found to be the same. */
async function checked(session, { folder, answers }, measured) {
  const ids = new Set(Object.values(measured.lists).flat(2));
  agree(measured.lists, await session.evaluate("predict", folder, answers, [...ids]));
  return measured;
}

/**
 * @param {import("./session.mjs").Session} session
 * @param {number} repetitions
 * @param {Record<string, { files: string, folder: string }>} bundles by name, where they lie and where they are served
 * @returns {Promise<Record<string, Figures>>} by name and number of items
 */
export async function shipped(session, repetitions, bundles) {
  const measured = {};
  for (const [name, { files, folder }] of Object.entries(bundles)) {
    const { items, answers } = await session.evaluate("visitor", folder, ANSWERS.length);
    const visitor = { folder, answers, k: K };
    const warm = await session.warm([OURS], visitor, { visits: ALL, repetitions });
    const cold = await session.cold([OURS], visitor);
    const sizes = await Promise.all((await readdir(files)).map((file) => brotliBytes(join(files, file))));
    measured[`${name}, ${items} items`] = figures(
      { ...warm.times[OURS], cold_start_ms: cold.times[OURS] },
      { bundle_brotli_bytes: sizes.reduce((sum, size) => sum + size) },
    );
  }
  return measured;
}

/**
 * Of a million items in a worker.
 * @param {import("./session.mjs").Session} session
 * @param {number} repetitions
 * @returns {Promise<Figures>}
 */
export async function million(session, repetitions) {
  const visitor = { folder: "/million/", answers: ANSWERS, k: K };
  const { load_ms, rank_ms, memory_bytes } = await session.worker(visitor, repetitions);
  return figures({ rank_ms }, { load_ms, memory_bytes });
}

/** Of lists of times, beside what was measured `once`. @returns {Figures} */
function figures(times, once) {
  return { median: { ...quantiles(times, 0.5), ...once }, p95: quantiles(times, 0.95) };
}
