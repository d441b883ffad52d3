/** Loads WebAssembly and each bundle once, for all elements of a page or for all sessions of a worker. */
import { coded } from "../error.js";
import start, { FewClicks } from "../fewclicks.js";
import { Session } from "./session.js";

/** @typedef {import("../fewclicks.js").Progress} Progress */
/** @typedef {(progress: Progress) => void} Watch */

/** @type {Map<string, Download>} by the bundle's URL; they stay as long as the page does */
const downloads = new Map();

/**
 * A session of its own with a bundle that all sessions share.
 * @param {string} bundle absolute URL of a bundle folder or of its manifest
 * @param {Watch} watch hears of what has arrived
 * @returns {Promise<Session>} rejects with an `Error` that carries a `code`
 */
export async function session(bundle, watch) {
  if (!downloads.has(bundle)) downloads.set(bundle, new Download(bundle));
  try {
    return new Session((await downloads.get(bundle).watched(watch)).another());
  } catch (error) {
    // Forgotten, so that a retry really tries again.
    downloads.delete(bundle);
    throw error;
  }
}

/** A bundle under way, and everyone who waits for it. */
class Download {
  /** @type {Set<Watch>} */
  #watching = new Set();
  /** @type {Progress | undefined} */
  #latest;

  constructor(bundle) {
    this.model = load(bundle, (progress) => {
      this.#latest = progress;
      for (const watch of this.#watching) watch(progress);
    });
  }

  /** @param {Watch} watch told at once how far it has come @returns {Promise<FewClicks>} */
  watched(watch) {
    this.#watching.add(watch);
    if (this.#latest) watch(this.#latest);
    return this.model.finally(() => this.#watching.clear());
  }
}

async function load(bundle, watch) {
  // It starts once for all, and anew after a failure.
  await start().catch(refuse);
  try {
    return await FewClicks.load(bundle, watch);
  } catch (error) {
    throw error instanceof Error && "code" in error ? error : coded("bundle", String(error), error);
  }
}

/** @returns {never} */
function refuse(cause) {
  const forbidden = typeof WebAssembly === "undefined" || cause instanceof WebAssembly.CompileError;
  throw forbidden
    ? coded("wasm", `This page may not run WebAssembly (${cause.message}); allow 'wasm-unsafe-eval' in script-src.`, cause)
    : coded("network", `The model could not be loaded: ${cause.message}`, cause);
}
