/** Format the measurements as a table. */

/**
 * Of each measured name its medians, with the 95th percentile in brackets where there is one, and how many times ours
 * it is.
 * @param {Record<string, string>} columns title by key; keys that end in `_ms` are times, those in `_bytes` sizes
 * @param {Record<string, { median: Record<string, number>, p95: Record<string, number> }>} measured by name
 * @param {string} [ours] what the others are compared with, if they can be
 * @returns {string}
 */
export function table(columns, measured, ours) {
  const rows = Object.entries(measured).map(([name, { median, p95 }]) => [name, ...Object.keys(columns).map((key) => {
    const said = key.endsWith("_bytes") ? size : time;
    const figure = key in p95 ? `${said(median[key])} (${said(p95[key])})` : said(median[key]);
    return ours ? `${figure} ${ratio(median[key] / measured[ours].median[key])}` : figure;
  })]);
  return aligned([["ms: median (p95)", ...Object.values(columns)], ...rows]);
}

function time(milliseconds) {
  return milliseconds.toFixed(milliseconds < 10 ? 2 : milliseconds < 100 ? 1 : 0);
}

function size(bytes) {
  return bytes < 1e7 ? `${(bytes / 1e3).toFixed(1)} KB` : `${(bytes / 1e6).toFixed(0)} MB`;
}

function ratio(factor) {
  return `×${factor.toFixed(factor < 10 ? 2 : 0)}`.padStart(5);
}

/** Pad the cells: the first column to the left, all others to the right. */
function aligned(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const cell = (text, column) => (column === 0 ? text.padEnd(widths[column]) : text.padStart(widths[column]));
  return rows.map((row) => row.map(cell).join("   ").trimEnd()).join("\n");
}
