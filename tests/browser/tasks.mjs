/** Generate tasks from a fixed seed. */

const TASKS = 50;
const MAX_SUPPORT = 12;
const QUERY = 10;
/** Every third task has user fields. */
const DESCRIBED = 3;

/**
 * @param {{ items: string[], userFields: { name: string, values: string[] }[] }} catalogue
 * @returns {{ user: number, support: [string, number][], query: [string, number][], user_fields?: Record<string, string> }[]}
 */
export function makeTasks({ items, userFields }) {
  const below = random(20190804);
  return Array.from({ length: TASKS }, (_, user) => {
    const support = user % (MAX_SUPPORT + 1);
    const rated = sample(items, support + QUERY, below).map((id) => [id, 1 + below(5)]);
    const task = { user, support: rated.slice(0, support), query: rated.slice(support) };
    if (user % DESCRIBED !== 0) return task;
    const described = userFields.map(({ name, values }) => [name, values[below(values.length)]]);
    return { ...task, user_fields: Object.fromEntries(described) };
  });
}

/** Draw `count` different members, by a partial Fisher–Yates shuffle. */
function sample(members, count, below) {
  const left = [...members];
  return Array.from({ length: count }, () => left.splice(below(left.length), 1)[0]);
}

/** Return a generator of whole numbers from 0 to `limit` − 1 (Mulberry32). */
function random(seed) {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}
