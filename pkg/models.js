/** Loads WebAssembly and each bundle once, for all elements of a page or for all sessions of a worker. */
import { coded } from "./coded.js";
import start, { FewClicks } from "./fewclicks.js";
import { Session } from "./session.js";

/** @type {Map<string, Promise<FewClicks>>} by the bundle's URL; they stay as long as the page does */
const models = new Map();

/**
 * A session of its own with a bundle that all sessions share.
 * @param {string} bundle absolute URL of a bundle folder or of its manifest
 * @returns {Promise<Session>} rejects with an `Error` that carries a `code`
 */
export async function session(bundle) {
  if (!models.has(bundle)) models.set(bundle, load(bundle));
  try {
    return new Session((await models.get(bundle)).another());
  } catch (error) {
    // Forgotten, so that a retry really tries again.
    models.delete(bundle);
    throw error;
  }
}

async function load(bundle) {
  // It starts once for all, and anew after a failure.
  await start().catch(refuse);
  try {
    return await FewClicks.load(bundle);
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
