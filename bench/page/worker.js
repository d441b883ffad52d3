/** In a worker: measure the time to load and to rank a large catalogue, and the memory of WebAssembly. */
import { load } from "/dist/fewclicks.js";

addEventListener("message", async ({ data: { folder, answers, k, repetitions, warmUp } }) => {
  const start = performance.now();
  const contender = await load(folder);
  const load_ms = performance.now() - start;
  const rank_ms = [];
  for (let repetition = -warmUp; repetition < repetitions; repetition++) {
    contender.tell(answers);
    contender.adapt();
    const start = performance.now();
    contender.rank(k);
    if (repetition >= 0) rank_ms.push(performance.now() - start);
  }
  postMessage({ load_ms, rank_ms, memory_bytes: contender.memory.buffer.byteLength });
});
