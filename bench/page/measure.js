/** In the page: time contenders by turns, each repetition beginning with another one. Times are in milliseconds. */

/** Adapt to a visitor, then rank. Each repetition is given the answers anew, as a second local update would be skipped. */
const TASKS = {
  adapt_ms: (contender) => contender.adapt(),
  rank_ms: (contender, k) => contender.rank(k),
  adapt_rank_ms(contender, k) {
    contender.adapt();
    return contender.rank(k);
  },
};
/** Tasks timed for each visitor: two one after the other, or both as one. */
const VISITS = { apart: ["adapt_ms", "rank_ms"], together: ["adapt_rank_ms"] };

/**
 * @param {object} what
 * @param {string[]} what.contenders
 * @param {string} what.folder of the model, ends with a slash
 * @param {[string, unknown][]} what.answers
 * @param {number} what.k
 * @param {(keyof typeof VISITS)[]} what.visits
 * @param {number} what.repetitions
 * @param {number} what.warmUp more repetitions, before those that count
 * @returns {Promise<{ times: Record<string, Record<string, number[]>>, lists: Record<string, string[][]> }>} by contender
 *   the times of each task, and all different lists of the best that it gave
 */
async function measure({ contenders: names, folder, answers, k, visits, repetitions, warmUp }) {
  if (!crossOriginIsolated) throw new Error("the page is not isolated: its clock is too coarse");
  const contenders = [];
  for (const name of names) {
    const { load } = await import(`/dist/${name}.js`);
    contenders.push({ name, contender: await load(folder), times: {}, lists: new Set() });
  }
  for (let repetition = -warmUp; repetition < repetitions; repetition++) {
    for (const visit of visits) {
      for (let turn = 0; turn < names.length; turn++) {
        const { contender, times, lists } = contenders[(turn + repetition + warmUp) % names.length];
        // Yield, so that garbage of the contender before is collected outside of what is timed.
        await new Promise((resolve) => { setTimeout(resolve); });
        contender.tell(answers);
        for (const task of VISITS[visit]) {
          const start = performance.now();
          const ids = TASKS[task](contender, k);
          const time = performance.now() - start;
          if (repetition >= 0) (times[task] ??= []).push(time);
          if (ids) lists.add(JSON.stringify(ids));
        }
      }
    }
  }
  const by = (take) => Object.fromEntries(contenders.map((each) => [each.name, take(each)]));
  return { times: by(({ times }) => times), lists: by(({ lists }) => [...lists].map((list) => JSON.parse(list))) };
}

/** Return the predictions of ours for items, after a visitor's answers. */
async function predict(folder, answers, ids) {
  const { load } = await import("/dist/fewclicks.js");
  const contender = await load(folder);
  contender.tell(answers);
  return Object.fromEntries(ids.map((id) => [id, contender.model.predict(id)]));
}

/** Return answers to the first candidates of a bundle, and the number of its items. */
async function visitor(folder, count) {
  const { load } = await import("/dist/fewclicks.js");
  const { model } = await load(folder);
  const words = model.info.kind === "picks" ? ["like"] : ["like", "dislike"];
  return {
    items: model.info.itemCount,
    answers: model.candidates(count).map(({ id }, index) => [id, words[index % words.length]]),
  };
}

/** Measure in a worker, by `page/worker.js`. */
async function inWorker(what) {
  const worker = new Worker("/page/worker.js", { type: "module" });
  const { data } = await new Promise((resolve, reject) => {
    worker.onmessage = resolve;
    worker.onerror = reject;
    worker.postMessage(what);
  });
  worker.terminate();
  return data;
}

Object.assign(globalThis, { measure, predict, visitor, inWorker });
