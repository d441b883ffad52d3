/** Ours, through the class that is published. */
import init, { FewClicks } from "fewclicks/model";

/** @param {string} folder of the bundle, ends with a slash */
export async function load(folder) {
  const { memory } = await init({ module_or_path: new URL("fewclicks_bg.wasm", import.meta.url) });
  const model = await FewClicks.load(folder);
  return {
    model,
    memory,
    /** @param {[string, import("fewclicks/model").Answer][]} answers ids and answers, in place of those before */
    tell(answers) {
      model.forget();
      for (const [id, answer] of answers) model.answer(id, answer);
    },
    adapt() { model.adapt(); },
    /** @param {number} k @returns {string[]} ids of the best that have no answer, best first */
    rank: (k) => model.rank(k),
  };
}
