/** Hosts sessions in a worker that all elements with the `worker` attribute share. */
import { coded } from "../error.js";
import { spawn } from "./spawn.js";

/** @type {Host | undefined} the worker that new sessions go to */
let host;

/**
 * @param {string} bundle
 * @param {import("./models.js").Watch} watch hears of what has arrived
 * @returns {Promise<import("./engine.js").Connection>} rejects with an `Error` that carries a `code`
 */
export async function there(bundle, watch) {
  if (!host?.alive) host = new Host();
  // A session stays with its worker, also when another one has taken its place.
  const own = host;
  const session = await own.ask({ open: bundle }, watch);
  const call = (method, ...args) => own.ask({ session, method, args });
  const connection = { info: await call("info"), call };
  abandoned.register(connection, () => own.ask({ session, method: "close" }));
  return connection;
}

/** A session in the page goes with its element; a worker must be told. */
const abandoned = new FinalizationRegistry((close) => close().catch(() => {}));

/** A worker, and the requests that it has not answered yet. */
class Host {
  alive = true;
  #worker;
  #last = 0;
  /** @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void, watch?: import("./models.js").Watch }>} */
  #waiting = new Map();

  constructor() {
    try {
      this.#worker = spawn();
    } catch (cause) {
      throw coded("worker", `No worker could be started: ${cause.message}`, cause);
    }
    this.#worker.onmessage = ({ data }) => this.#answered(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#died();
    };
  }

  ask(request, watch) {
    if (!this.alive) return Promise.reject(dead());
    return new Promise((resolve, reject) => {
      const id = ++this.#last;
      this.#waiting.set(id, { resolve, reject, watch });
      this.#worker.postMessage({ id, ...request });
    });
  }

  #answered({ id, result, error, progress }) {
    // The last word of progress may come after a failure.
    if (progress) return this.#waiting.get(id)?.watch(progress);
    const { resolve, reject } = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) reject(coded(error.code, error.message));
    else resolve(result);
  }

  #died() {
    this.alive = false;
    this.#worker.terminate();
    for (const { reject } of this.#waiting.values()) reject(dead());
    this.#waiting.clear();
  }
}

const dead = () => coded("worker", "The worker in which the model ran has stopped.");
