/** The keyboard on a wall of toggle buttons: Tab reaches each of them, arrow keys move from one to the next. */

/** Columns and rows to move by. @type {Record<string, [number, number]>} */
const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * Handle a key: move the focus, or let the page scroll where there is no tile in that direction.
 * @param {KeyboardEvent} event
 * @param {HTMLElement[]} tiles on the wall
 */
export function onWallKey(event, tiles) {
  const { key, repeat, altKey, ctrlKey, metaKey, shiftKey } = event;
  // Enter held down would pick and take back by turns.
  if (key === "Enter" && repeat) return event.preventDefault();
  const focused = tiles.find((tile) => tile.matches(":focus"));
  if (!focused || !DIRECTIONS[key] || altKey || ctrlKey || metaKey || shiftKey) return;
  const next = nearest(focused, tiles, DIRECTIONS[key]);
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/**
 * Return the nearest tile in a direction as it is seen: rows and columns depend on the width, and left and right on the language.
 * @param {HTMLElement} from
 * @param {HTMLElement[]} tiles
 * @param {[number, number]} direction
 */
function nearest(from, tiles, [x, y]) {
  const [startX, startY] = centre(from);
  /** @type {{ distance: number, tile: HTMLElement | undefined }} */
  let best = { distance: Infinity, tile: undefined };
  for (const tile of tiles) {
    const [endX, endY] = centre(tile);
    const [dx, dy] = [endX - startX, endY - startY];
    const [along, across] = [dx * x + dy * y, Math.abs(dx * y) + Math.abs(dy * x)];
    const distance = along + across;
    if (along > across && distance < best.distance) best = { distance, tile };
  }
  return best.tile;
}

/** @param {HTMLElement} tile @returns {[number, number]} */
function centre(tile) {
  const { left, top, width, height } = tile.getBoundingClientRect();
  return [left + width / 2, top + height / 2];
}
