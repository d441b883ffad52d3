/** Open sessions: in the page, or in a worker that all elements with the `worker` attribute share. */
import { fewClicksError, isFewClicksError, messageOf } from "../error.js";
import { createSession } from "./models.js";

/** @import { Connection, ProgressListener } from "./protocol.js" */

/**
 * Open a session.
 * @param {string} bundle URL of a bundle folder or of its manifest
 * @param {boolean} worker whether to run in the worker; where none can be started the session runs in the page
 * @param {ProgressListener} listener called with each piece that arrives
 * @param {boolean} [fresh] whether to wait for nothing that has begun, as it has stalled
 * @returns {Promise<Connection>} rejects with a `FewClicksError`
 */
export async function openSession(bundle, worker, listener, fresh) {
  try {
    new URL(bundle);
  } catch (cause) {
    throw fewClicksError("bad-source", `bundle="${bundle}" is no address.`, cause);
  }
  if (!worker) return openInPage(bundle, listener, fresh);
  try {
    // A module of its own: few pages use a worker.
    const { openInWorker } = await import("./host.js");
    return await openInWorker(bundle, listener, fresh);
  } catch (error) {
    if (isFewClicksError(error) && error.code !== "worker") throw error;
    console.warn(`<few-clicks>: the model runs in the page. ${messageOf(error)}`);
    return openInPage(bundle, listener, fresh);
  }
}

/** @param {string} bundle @param {ProgressListener} listener @param {boolean} [fresh] @returns {Promise<Connection>} */
async function openInPage(bundle, listener, fresh) {
  const session = await createSession(bundle, listener, fresh);
  /** @type {Connection["call"]} */
  const call = async (method, ...args) => Reflect.apply(session[method], session, args);
  return { info: session.info(), call };
}
