/** Movement, and its absence where the visitor asked for less of it. */

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/**
 * Pastes a new poster over the old one, if any, from the bottom up. The old one is out of reach at once.
 * @param {HTMLElement} holder
 * @param {HTMLElement} next
 * @param {() => void} covered called once nothing of the old one is seen any more
 */
export function paste(holder, next, covered) {
  const old = [...holder.children];
  for (const child of old) child.inert = true;
  holder.append(next);
  const gone = () => {
    old.forEach((child) => child.remove());
    covered();
  };
  if (still() || old.length === 0) return gone();
  const frames = [{ clipPath: "inset(100% 0 0 0)" }, { clipPath: "inset(0)" }];
  next.animate(frames, { duration: 480, easing: "cubic-bezier(.2, .8, .2, 1)" }).finished.then(gone, gone);
}

/**
 * Reorders a list so that each row glides from where it was and a new one fades in.
 * @param {HTMLElement} list
 * @param {HTMLElement[]} rows in their new order
 */
export function reorder(list, rows) {
  const before = new Map([...list.children].map((row) => [row, row.getBoundingClientRect().top]));
  list.replaceChildren(...rows);
  if (still() || before.size === 0) return;
  for (const row of rows) {
    const top = before.get(row);
    const frames = top === undefined
      ? [{ opacity: 0 }, { opacity: 1 }]
      : [{ translate: `0 ${top - row.getBoundingClientRect().top}px` }, { translate: "0 0" }];
    row.animate(frames, { duration: 520, easing: "cubic-bezier(.2, .8, .2, 1)" });
  }
}
