/** Medians and the like. */

/** The `share` quantile, between two times where it falls between them. @param {number[]} times @param {number} share */
function quantile(times, share) {
  const sorted = [...times].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return below + (above - below) * (place % 1);
}

/**
 * Of every task the quantile of its times, to the microsecond.
 * @param {Record<string, number[]>} times @param {number} share @returns {Record<string, number>}
 */
export function quantiles(times, share) {
  return Object.fromEntries(Object.entries(times).map(([task, list]) => [task, Number(quantile(list, share).toFixed(3))]));
}
