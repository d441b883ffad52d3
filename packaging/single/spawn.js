/**
 * Stands in for `spawn.js` in the single file, which is all one function: its own text, called once more, is the worker.
 * So nothing is fetched twice, what `integrity` vouched for is what the worker runs, and it may come from another origin.
 */
/* global fewClicks */
export function spawn() {
  const source = new Blob([`(${fewClicks})({}, true)`], { type: "text/javascript" });
  return new Worker(URL.createObjectURL(source));
}
