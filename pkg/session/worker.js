/** The script of the worker that `host.js` starts: sessions by number, each with its requests. */
import { errorDetail } from "../error.js";
import { createSession } from "./models.js";
import { throttle } from "./throttle.js";

/** @import { ProgressListener, Reply, Request } from "./protocol.js" */
/** @import { Session } from "./session.js" */

/** Milliseconds between two messages of progress. */
const PROGRESS_INTERVAL = 50;

/** @type {Map<number, Session>} */
const sessions = new Map();
let lastSession = 0;

/** @param {MessageEvent<{ id: number } & Request>} event */
globalThis.onmessage = async ({ data: { id, ...request } }) => {
  try {
    reply({ id, result: await execute(request, (progress) => reply({ id, progress })) });
  } catch (error) {
    reply({ id, error: errorDetail(error) });
  }
};

/** @param {Reply} message */
const reply = (message) => globalThis.postMessage(message);

/** @param {Request} request @param {ProgressListener} listener @returns {unknown} the result */
function execute(request, listener) {
  if ("open" in request) return open(request, listener);
  const session = sessions.get(request.session);
  if (!session) throw new Error(`there is no session ${request.session}`);
  if (request.method === "close") sessions.delete(request.session);
  return Reflect.apply(session[request.method], session, request.args);
}

/** @param {{ open: string, fresh?: boolean }} request @param {ProgressListener} listener @returns {Promise<number>} the session's number */
async function open({ open: bundle, fresh }, listener) {
  const session = await createSession(bundle, throttle(listener, PROGRESS_INTERVAL), fresh);
  sessions.set(++lastSession, session);
  return lastSession;
}
