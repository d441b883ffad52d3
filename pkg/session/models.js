/** Load WebAssembly and each bundle once, for all elements of a page or for all sessions of a worker. */
import { fewClicksError, isFewClicksError, messageOf } from "../error.js";
import init, { FewClicks } from "../fewclicks.js";
import { Session } from "./session.js";

/** @import { Progress } from "../fewclicks.js" */
/** @import { ProgressListener } from "./protocol.js" */

/** @type {Map<string, Download>} by the bundle's URL; they stay as long as the page does */
const downloads = new Map();

/**
 * Create a session. All sessions share one copy of a bundle.
 * @param {string} bundle absolute URL of a bundle folder or of its manifest
 * @param {ProgressListener} listener called with how much has arrived
 * @returns {Promise<Session>} rejects with a `FewClicksError`; the next call then loads again
 */
export async function createSession(bundle, listener) {
  const download = downloads.get(bundle) ?? new Download(bundle);
  downloads.set(bundle, download);
  try {
    const model = await download.wait(listener);
    return new Session(model.newSession());
  } catch (error) {
    downloads.delete(bundle);
    throw error;
  }
}

/** A bundle that is loading or loaded, and the listeners to its progress. */
class Download {
  /** @type {Set<ProgressListener>} */
  #listeners = new Set();
  /** @type {Progress | undefined} */
  #latest;
  #model;

  /** @param {string} bundle */
  constructor(bundle) {
    this.#model = load(bundle, (progress) => {
      this.#latest = progress;
      for (const listener of this.#listeners) listener(progress);
    });
  }

  /** Wait for the model. @param {ProgressListener} listener called at once with what has arrived so far @returns {Promise<FewClicks>} */
  wait(listener) {
    this.#listeners.add(listener);
    if (this.#latest) listener(this.#latest);
    return this.#model.finally(() => this.#listeners.clear());
  }
}

/** @param {string} bundle @param {ProgressListener} listener @returns {Promise<FewClicks>} */
async function load(bundle, listener) {
  // WebAssembly starts once for all bundles, and anew after a failure.
  await init().catch(rejectWebAssembly);
  try {
    return await FewClicks.load(bundle, listener);
  } catch (error) {
    throw isFewClicksError(error) ? error : fewClicksError("bundle", messageOf(error), error);
  }
}

/** @param {unknown} cause @returns {never} */
function rejectWebAssembly(cause) {
  const forbidden = typeof WebAssembly === "undefined" || cause instanceof WebAssembly.CompileError;
  throw forbidden
    ? fewClicksError("wasm", `This page may not run WebAssembly (${messageOf(cause)}); allow 'wasm-unsafe-eval' in script-src.`, cause)
    : fewClicksError("network", `The model could not be loaded: ${messageOf(cause)}`, cause);
}
