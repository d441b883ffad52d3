/** Host sessions in a worker that all elements with the `worker` attribute share. */
import { fewClicksError, messageOf } from "../error.js";
import { spawn } from "./spawn.js";

/** @import { Connection, ProgressListener, Reply, Request } from "./protocol.js" */

/** @type {Host | undefined} the worker that new sessions go to */
let current;

/**
 * Milliseconds after which a worker that sends nothing, though calls wait, counts as ended. It is counted twice: when a page that
 * was frozen goes on, the first one is over at once.
 */
const SILENCE = 4000;

/**
 * Open a session in the worker. Start one where there is none, or where it has died.
 * @param {string} bundle absolute URL of a bundle folder or of its manifest
 * @param {ProgressListener} listener called with each piece that arrives
 * @param {boolean} [fresh] whether to wait for nothing that has begun, as it has stalled
 * @returns {Promise<Connection>} rejects with a `FewClicksError`; of code `worker` where no worker could be started
 */
export async function openInWorker(bundle, listener, fresh) {
  // One that never said anything is what has stalled, and so would another: all that wait for it go on in the page.
  if (fresh && current && !current.heard) {
    current.die();
    throw workerDied();
  }
  if (!current?.alive) current = new Host();
  // A session stays with its worker, also when another worker has replaced it.
  const host = current;
  const session = await host.send({ open: bundle, fresh }, listener);
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
  /** Whether the worker has sent anything. */
  heard = false;
  #worker;
  #lastId = 0;
  /** @type {Map<number, Pending>} by the request's id */
  #pending = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  constructor() {
    try {
      this.#worker = spawn();
    } catch (cause) {
      throw fewClicksError("worker", `No worker could be started: ${messageOf(cause)}`, cause);
    }
    this.#worker.onmessage = ({ data }) => this.#receive(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.die();
    };
  }

  /** Send a request. @param {Request} request @param {ProgressListener} [listener] @returns {Promise<any>} what its method returns */
  send(request, listener) {
    if (!this.alive) return Promise.reject(workerDied());
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId;
      this.#pending.set(id, { resolve, reject, listener });
      this.#worker.postMessage({ id, ...request });
      if (!this.#timer) this.#watch();
    });
  }

  /** Wait for a message while calls are pending: a worker that the browser has ended says nothing. @param {number} [left] waits */
  #watch(left = 2) {
    clearTimeout(this.#timer);
    // How long loading may take is not known here.
    const calls = [...this.#pending.values()].some(({ listener }) => !listener);
    this.#timer = calls ? setTimeout(() => (left > 1 ? this.#watch(left - 1) : this.die()), SILENCE) : undefined;
  }

  /** @param {Reply} reply */
  #receive({ id, result, error, progress }) {
    this.heard = true;
    const pending = this.#pending.get(id);
    // The last message of progress may come after a failure.
    if (!pending) return;
    if (result === undefined && !error && pending.listener) return pending.listener(progress);
    this.#pending.delete(id);
    this.#watch();
    if (error) pending.reject(fewClicksError(error.code, error.message));
    else pending.resolve(result);
  }

  /** Terminate the worker, and reject all requests. */
  die() {
    this.alive = false;
    clearTimeout(this.#timer);
    this.#worker.terminate();
    for (const { reject } of this.#pending.values()) reject(workerDied());
    this.#pending.clear();
  }
}

const workerDied = () => fewClicksError("worker", "The worker in which the model ran has stopped.");
