/** Pass on fewer messages of progress than arrive. */

/**
 * Return a listener that passes on the first and the last progress at once, and between them only the latest one, after each
 * interval.
 * @template {{ loaded: number, total: number }} P
 * @param {(progress?: P) => void} listener
 * @param {number} interval in milliseconds
 * @returns {(progress?: P) => void} a call without progress, before there is any, is passed on at once
 */
export function throttle(listener, interval) {
  /** @type {P | undefined} */
  let latest;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @param {P} progress */
  const pass = (progress) => {
    clearTimeout(timer);
    timer = undefined;
    listener(progress);
  };
  return (progress) => {
    if (!progress) return listener();
    const between = latest && progress.loaded < progress.total;
    latest = progress;
    if (between) timer ??= setTimeout(() => pass(latest ?? progress), interval);
    else pass(progress);
  };
}
