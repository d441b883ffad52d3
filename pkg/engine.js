/** Opens sessions: in the page, or in a worker that all elements with the `worker` attribute share. */
import { coded } from "./coded.js";
import { spawn } from "./spawn.js";

/**
 * @typedef {object} Connection
 * @property {import("./element.js").BundleInfo} info
 * @property {(method: string, ...args: unknown[]) => Promise<any>} call one of the methods of `Session`
 */

/**
 * @param {string} bundle absolute URL of a bundle folder or of its manifest
 * @param {boolean} aside whether to run in the worker; where none can be started the page does the work
 * @returns {Promise<Connection>} rejects with an `Error` that carries a `code`
 */
export async function open(bundle, aside) {
  if (!aside) return here(bundle);
  try {
    return await there(bundle);
  } catch (error) {
    if (error.code === "worker") return here(bundle);
    throw error;
  }
}

async function here(bundle) {
  const { session } = await import("./models.js");
  const own = await session(bundle);
  return { info: own.info(), call: async (method, ...args) => own[method](...args) };
}

/** @type {Worker | undefined} */
let worker;
let last = 0;
/** @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void }>} requests without a reply yet */
const waiting = new Map();

async function there(bundle) {
  const session = await ask({ open: bundle });
  const connection = {
    info: await ask({ session, method: "info" }),
    call: (method, ...args) => ask({ session, method, args }),
  };
  abandoned.register(connection, session);
  return connection;
}

/** A session in the page goes with its element; the worker must be told. */
const abandoned = globalThis.FinalizationRegistry && new FinalizationRegistry((session) => ask({ session, method: "close" }).catch(() => {}));

function ask(request) {
  return new Promise((resolve, reject) => {
    try {
      worker ??= start();
      waiting.set(++last, { resolve, reject });
      worker.postMessage({ id: last, ...request });
    } catch (cause) {
      waiting.delete(last);
      reject(coded("worker", `The worker could not be asked: ${cause.message}`, cause));
    }
  });
}

function start() {
  const started = spawn();
  started.onmessage = ({ data: { id, result, error } }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error) reject(coded(error.code, error.message));
    else resolve(result);
  };
  started.onerror = (event) => {
    event.preventDefault();
    worker = undefined;
    for (const { reject } of waiting.values()) reject(coded("worker", "The worker could not be started."));
    waiting.clear();
  };
  return started;
}
