/** The other end of `host.js`: sessions in a worker. */
import { session } from "./models.js";

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

async function opened(bundle, watch) {
  const own = await session(bundle, watch);
  sessions.set(++last, own);
  return last;
}
