/** Animations, which are left out where the visitor prefers reduced motion. */

const reduced = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/**
 * Reveal a new child over the old ones, from the bottom up, and remove the old ones. They are inert from the start.
 * @param {HTMLElement} holder
 * @param {HTMLElement} next
 * @param {() => void} done called once the old children are removed
 */
export function cover(holder, next, done) {
  const old = /** @type {HTMLElement[]} */ ([...holder.children]);
  for (const child of old) child.inert = true;
  holder.append(next);
  const finish = () => {
    old.forEach((child) => child.remove());
    done();
  };
  if (reduced() || old.length === 0) return finish();
  const frames = [{ clipPath: "inset(100% 0 0 0)" }, { clipPath: "inset(0)" }];
  next.animate(frames, { duration: 480, easing: "cubic-bezier(.2, .8, .2, 1)" }).finished.then(finish, finish);
}

/**
 * Reorder a list: each row moves from where it was, and new ones fade in.
 * @param {HTMLElement} list
 * @param {HTMLElement[]} rows in their new order
 */
export function reorder(list, rows) {
  const before = new Map([...list.children].map((row) => [row, row.getBoundingClientRect().top]));
  list.replaceChildren(...rows);
  if (reduced() || before.size === 0) return;
  for (const row of rows) {
    const top = before.get(row);
    const frames = top === undefined
      ? [{ opacity: 0 }, { opacity: 1 }]
      : [{ translate: `0 ${top - row.getBoundingClientRect().top}px` }, { translate: "0 0" }];
    row.animate(frames, { duration: 520, easing: "cubic-bezier(.2, .8, .2, 1)" });
  }
}
