/** Host sessions in a worker that all elements with the `worker` attribute share. */
import { fewClicksError, messageOf } from "../error.js";
import { spawn } from "./spawn.js";

/** @import { Connection, ProgressListener, Reply, Request } from "./protocol.js" */

/** @type {Host | undefined} the worker that new sessions go to */
let current;

/**
 * Open a session in the worker. Start one where there is none, or where it has died.
 * @param {string} bundle absolute URL of a bundle folder or of its manifest
 * @param {ProgressListener} listener called with how much of the bundle has arrived
 * @returns {Promise<Connection>} rejects with a `FewClicksError`; of code `worker` where no worker could be started
 */
export async function openInWorker(bundle, listener) {
  if (!current?.alive) current = new Host();
  // A session stays with its worker, also when another worker has replaced it.
  const host = current;
  const session = await host.send({ open: bundle }, listener);
  /** @type {Connection["call"]} */
  const call = (method, ...args) => host.send({ session, method, args });
  const connection = { info: await call("info"), call };
  abandoned.register(connection, () => call("close"));
  return connection;
}

/** Close a session in the worker once its connection has been collected: the worker cannot know of that. */
const abandoned = new FinalizationRegistry((/** @type {() => Promise<void>} */ close) => close().catch(() => {}));

/**
 * A request without a reply yet.
 * @typedef {object} Pending
 * @property {(result: any) => void} resolve with what the request's method returns
 * @property {(error: Error) => void} reject
 * @property {ProgressListener} [listener]
 */

/** A worker, and the requests that it has not answered yet. */
class Host {
  alive = true;
  #worker;
  #lastId = 0;
  /** @type {Map<number, Pending>} by the request's id */
  #pending = new Map();

  constructor() {
    try {
      this.#worker = spawn();
    } catch (cause) {
      throw fewClicksError("worker", `No worker could be started: ${messageOf(cause)}`, cause);
    }
    this.#worker.onmessage = ({ data }) => this.#receive(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#die();
    };
  }

  /** Send a request. @param {Request} request @param {ProgressListener} [listener] @returns {Promise<any>} what its method returns */
  send(request, listener) {
    if (!this.alive) return Promise.reject(workerDied());
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId;
      this.#pending.set(id, { resolve, reject, listener });
      this.#worker.postMessage({ id, ...request });
    });
  }

  /** @param {Reply} reply */
  #receive({ id, result, error, progress }) {
    const pending = this.#pending.get(id);
    // The last message of progress may come after a failure.
    if (!pending) return;
    if (progress) return pending.listener?.(progress);
    this.#pending.delete(id);
    if (error) pending.reject(fewClicksError(error.code, error.message));
    else pending.resolve(result);
  }

  #die() {
    this.alive = false;
    this.#worker.terminate();
    for (const { reject } of this.#pending.values()) reject(workerDied());
    this.#pending.clear();
  }
}

const workerDied = () => fewClicksError("worker", "The worker in which the model ran has stopped.");
