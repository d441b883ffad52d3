/** Quantiles. */

/** Compute the `share` quantile, by linear interpolation. @param {number[]} times @param {number} share */
function quantile(times, share) {
  const sorted = [...times].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return below + (above - below) * (place % 1);
}

/**
 * Compute the quantile of the times of every task, rounded to the microsecond.
 * @param {Record<string, number[]>} times @param {number} share @returns {Record<string, number>}
 */
export function quantiles(times, share) {
  return Object.fromEntries(Object.entries(times).map(([task, list]) => [task, Number(quantile(list, share).toFixed(3))]));
}
