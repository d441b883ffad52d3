/** Check that contenders, which do the same arithmetic in another order, rank the same items. */

/** Larger than rounding errors, and far smaller than a difference that matters on a scale of stars. */
const ROUNDING = 1e-4;

/**
 * @param {Record<string, string[][]>} lists by contender, every list of ids that it gave; ours is the first
 * @param {Record<string, number>} scores by id
 * @throws where two lists differ, but for the order of items whose scores differ by less than rounding
 */
export function agree(lists, scores) {
  const [[ours, [expected]]] = Object.entries(lists);
  for (const [name, given] of Object.entries(lists)) {
    for (const list of given) {
      if (list.length !== expected.length || new Set(list).size !== list.length) {
        throw new Error(`${name} gave ${list.length} ids, some twice or others than the ${expected.length} of ${ours}`);
      }
      list.forEach((id, rank) => {
        const other = expected[rank];
        if (id !== other && !(Math.abs(scores[id] - scores[other]) < ROUNDING)) {
          const [found, wanted] = [id, other].map((item) => `${item} (${scores[item]})`);
          throw new Error(`at rank ${rank + 1} ${name} has ${found}, ${ours} has ${wanted}`);
        }
      });
    }
  }
}
