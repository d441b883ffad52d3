/** The other end of `host.js`: sessions in a worker. */
import { session } from "./models.js";

/** Milliseconds between two messages of progress. */
const PAUSE = 50;

/** @type {Map<number, import("./session.js").Session>} */
const sessions = new Map();
let last = 0;

globalThis.onmessage = async ({ data: { id, ...request } }) => {
  try {
    postMessage({ id, result: await reply(request, (progress) => postMessage({ id, progress })) });
  } catch ({ code = "bundle", message }) {
    postMessage({ id, error: { code, message } });
  }
};

function reply({ open, session: key, method, args = [] }, watch) {
  if (open) return opened(open, watch);
  const own = sessions.get(key);
  if (method === "close") sessions.delete(key);
  return own[method](...args);
}

/** A message of progress at once and the last one, and between them one at a time, the latest. @param {import("./models.js").Watch} watch */
function paced(watch) {
  let latest;
  let timer;
  const pass = () => {
    clearTimeout(timer);
    timer = undefined;
    watch(latest);
  };
  return (progress) => {
    const between = latest && progress.loaded < progress.total;
    latest = progress;
    if (between) timer ??= setTimeout(pass, PAUSE);
    else pass();
  };
}

async function opened(bundle, watch) {
  const own = await session(bundle, paced(watch));
  sessions.set(++last, own);
  return last;
}
