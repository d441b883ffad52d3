/** The keyboard on a wall of toggle buttons. Tab reaches each of them; arrow keys go from one to the next. */

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * @param {KeyboardEvent} event
 * @param {HTMLElement[]} tiles on the wall
 */
export function onWallKey(event, tiles) {
  const { key, repeat, altKey, ctrlKey, metaKey, shiftKey } = event;
  // Enter held down would pick and take back, again and again.
  if (key === "Enter" && repeat) return event.preventDefault();
  const focused = tiles.find((tile) => tile.matches(":focus"));
  if (!focused || !WAYS[key] || altKey || ctrlKey || metaKey || shiftKey) return;
  const next = neighbour(focused, tiles, WAYS[key]);
  // At the edge the key goes on to scroll the page.
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** The nearest tile that lies in a direction, as seen: rows and columns depend on the width, and left on the language. */
function neighbour(from, tiles, [x, y]) {
  const start = centre(from);
  let best = { distance: Infinity, tile: undefined };
  for (const tile of tiles) {
    const [dx, dy] = centre(tile).map((end, axis) => end - start[axis]);
    const [along, aside] = [dx * x + dy * y, Math.abs(dx * y) + Math.abs(dy * x)];
    const distance = along + aside;
    if (along > aside && distance < best.distance) best = { distance, tile };
  }
  return best.tile;
}

function centre(tile) {
  const { left, top, width, height } = tile.getBoundingClientRect();
  return [left + width / 2, top + height / 2];
}
