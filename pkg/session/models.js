/** Load WebAssembly and each bundle once, for all elements of a page or for all sessions of a worker. */
import { fewClicksError, isFewClicksError, messageOf } from "../error.js";
import { FewClicks, initSync } from "../fewclicks.js";
import { fetchWasm } from "../wasm.js";
import { Session } from "./session.js";

/** @import { Progress } from "../fewclicks.js" */
/** @import { Wasm } from "../wasm.js" */
/** @import { ProgressListener } from "./protocol.js" */

/** @type {Map<string, Download>} by the bundle's URL; they stay as long as the page does */
const downloads = new Map();

/** WebAssembly, which starts once for all bundles, and anew after a failure. @type {Promise<void> | undefined} */
let starting;
let started = false;
/** Aborts the request for WebAssembly. */
let stopWasm = new AbortController();

/**
 * Create a session. All sessions share one copy of a bundle.
 * @param {string} bundle absolute URL of a bundle folder or of its manifest
 * @param {ProgressListener} listener called with each piece that arrives
 * @param {boolean} [fresh] whether to abort a download that has begun, as it has stalled
 * @returns {Promise<Session>} rejects with a `FewClicksError`; the next call then loads again
 */
export async function createSession(bundle, listener, fresh) {
  if (fresh) {
    // Also because browsers let a request wait for another one of the same address.
    if (!started) {
      stopWasm.abort();
      stopWasm = new AbortController();
      starting = undefined;
    }
    downloads.get(bundle)?.stop.abort();
    downloads.delete(bundle);
  }
  const download = downloads.get(bundle) ?? new Download(bundle);
  downloads.set(bundle, download);
  try {
    const model = await download.wait(listener);
    return new Session(model.newSession());
  } catch (error) {
    const latest = downloads.get(bundle);
    if (latest && latest !== download) return createSession(bundle, listener);
    downloads.delete(bundle);
    throw error;
  }
}

/** A bundle that is loading or loaded, and the listeners to its progress. */
class Download {
  stop = new AbortController();
  /** @type {Set<ProgressListener>} */
  #listeners = new Set();
  /** @type {Progress | undefined} */
  #latest;
  #model;

  /** @param {string} bundle */
  constructor(bundle) {
    this.#model = load(bundle, (progress) => this.report(progress), this.stop);
  }

  /** Report what has arrived so far. @param {Progress} [progress] by default the latest */
  report(progress = this.#latest) {
    this.#latest = progress;
    for (const listener of this.#listeners) listener(progress);
  }

  /** Wait for the model. @param {ProgressListener} listener called at once with what has arrived so far @returns {Promise<FewClicks>} */
  wait(listener) {
    this.#listeners.add(listener);
    if (this.#latest) listener(this.#latest);
    return this.#model.finally(() => this.#listeners.clear());
  }
}

/** @param {string} bundle @param {(progress: Progress) => void} listener @param {AbortController} stop @returns {Promise<FewClicks>} */
async function load(bundle, listener, stop) {
  starting ??= start(stopWasm.signal);
  await starting;
  try {
    return await FewClicks.load(bundle, listener, stop);
  } catch (error) {
    throw isFewClicksError(error) ? error : fewClicksError("bundle", messageOf(error), error);
  }
}

/** @param {AbortSignal} signal */
async function start(signal) {
  try {
    await compile(await fetchWasm(() => downloads.forEach((download) => download.report()), signal));
    started = true;
  } catch (error) {
    if (!signal.aborted) starting = undefined;
    throw error;
  }
}

/** @param {Wasm} wasm */
async function compile({ bytes, address }) {
  try {
    initSync({ module: await WebAssembly.compile(bytes) });
  } catch (cause) {
    const message = messageOf(cause);
    const forbidden = typeof WebAssembly === "undefined" || (cause instanceof WebAssembly.CompileError && WebAssembly.validate(bytes));
    if (forbidden) throw fewClicksError("wasm", `This page may not run WebAssembly (${message}); allow 'wasm-unsafe-eval' in script-src.`, cause);
    const head = JSON.stringify(new TextDecoder().decode(bytes.slice(0, 20)));
    throw fewClicksError("bundle", `${address}: ${bytes.byteLength} bytes, ${head}…, are no WebAssembly of this version (${message}).`, cause);
  }
}
