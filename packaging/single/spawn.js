/**
 * Replaces `session/spawn.js` in the single file, which is one function: the worker calls it again from its own text. So nothing
 * is fetched twice, the worker runs what `integrity` has verified, and the file may come from another origin.
 */
/* global fewClicks */
export function spawn() {
  const source = new Blob([`(${fewClicks})({}, true)`], { type: "text/javascript" });
  return new Worker(URL.createObjectURL(source));
}
