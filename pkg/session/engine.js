/** Opens sessions: in the page, or in a worker that all elements with the `worker` attribute share. */
import { session } from "./models.js";

/**
 * @typedef {object} Connection
 * @property {import("../element.js").BundleInfo} info
 * @property {(method: string, ...args: unknown[]) => Promise<any>} call one of the methods of `Session`
 */

/**
 * @param {string} bundle absolute URL of a bundle folder or of its manifest
 * @param {boolean} aside whether to run in the worker; where none can be started the page does the work
 * @param {import("./models.js").Watch} watch hears of what has arrived
 * @returns {Promise<Connection>} rejects with an `Error` that carries a `code`
 */
export async function open(bundle, aside, watch) {
  if (!aside) return here(bundle, watch);
  try {
    // By itself: few pages use a worker.
    const { there } = await import("./host.js");
    return await there(bundle, watch);
  } catch (error) {
    if (error.code && error.code !== "worker") throw error;
    return here(bundle, watch);
  }
}

async function here(bundle, watch) {
  const own = await session(bundle, watch);
  return { info: own.info(), call: async (method, ...args) => own[method](...args) };
}
