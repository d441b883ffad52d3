/** Open sessions: in the page, or in a worker that all elements with the `worker` attribute share. */
import { isFewClicksError } from "../error.js";
import { createSession } from "./models.js";

/** @import { Connection, ProgressListener } from "./protocol.js" */

/**
 * Open a session.
 * @param {string} bundle absolute URL of a bundle folder or of its manifest
 * @param {boolean} worker whether to run in the worker; where none can be started the session runs in the page
 * @param {ProgressListener} listener called with how much of the bundle has arrived
 * @returns {Promise<Connection>} rejects with a `FewClicksError`
 */
export async function openSession(bundle, worker, listener) {
  if (!worker) return openInPage(bundle, listener);
  try {
    // A module of its own: few pages use a worker.
    const { openInWorker } = await import("./host.js");
    return await openInWorker(bundle, listener);
  } catch (error) {
    if (isFewClicksError(error) && error.code !== "worker") throw error;
    return openInPage(bundle, listener);
  }
}

/** @param {string} bundle @param {ProgressListener} listener @returns {Promise<Connection>} */
async function openInPage(bundle, listener) {
  const session = await createSession(bundle, listener);
  /** @type {Connection["call"]} */
  const call = async (method, ...args) => Reflect.apply(session[method], session, args);
  return { info: session.info(), call };
}
