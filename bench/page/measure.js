/** In the page: contenders by turns, each repetition begun by another one, and the times in milliseconds. */

/** A fresh visitor's adaptation, then the best; each repetition is told the answers anew, as nobody adapts twice. */
const TASKS = {
  adapt_ms: (contender) => contender.adapt(),
  rank_ms: (contender, k) => contender.rank(k),
  adapt_rank_ms(contender, k) {
    contender.adapt();
    return contender.rank(k);
  },
};
/** What of each visitor is timed: two tasks one after the other, or one. */
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
        // Collects what others left outside of what is timed, as far as it can be had.
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

/** What ours predicts for these items of a visitor with these answers. */
async function predict(folder, answers, ids) {
  const { load } = await import("/dist/fewclicks.js");
  const contender = await load(folder);
  contender.tell(answers);
  return Object.fromEntries(ids.map((id) => [id, contender.model.predict(id)]));
}

/** What a visitor might say of the first candidates of a shipped bundle, and how many items it has. */
async function visitor(folder, count) {
  const { load } = await import("/dist/fewclicks.js");
  const { model } = await load(folder);
  const words = model.info.kind === "picks" ? ["like"] : ["like", "dislike"];
  return {
    items: model.info.itemCount,
    answers: model.candidates(count).map(({ id }, index) => [id, words[index % words.length]]),
  };
}

/** What `page/worker.js` finds. */
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
