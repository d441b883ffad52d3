/** The page's end of the worker, over a worker of the test's own. */
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { openInWorker } from "../../pkg/session/host.js";

let workers = [];

/** Notes what it is sent, and replies when the test says so. */
globalThis.Worker = class {
  sent = [];
  terminated = false;
  constructor(url, options) {
    Object.assign(this, { url: String(url), options });
    workers.push(this);
  }
  postMessage(message) { this.sent.push(structuredClone(message)); }
  terminate() { this.terminated = true; }
  reply(message) { this.onmessage({ data: message }); }
  die() { this.onerror({ preventDefault() {} }); }
};

/** A worker that has not been used before: the one of the test before dies. */
beforeEach(() => {
  workers.at(-1)?.die();
  workers = [];
});

const settled = () => new Promise((resolve) => { setImmediate(resolve); });

/** Opens a session that the worker gives the number 7. */
async function opened(listener = () => {}) {
  const opening = openInWorker("/bundle", listener);
  const [worker] = workers;
  const { id } = worker.sent.at(-1);
  worker.reply({ id, result: 7 });
  await settled();
  worker.reply({ id: worker.sent.at(-1).id, result: { name: "films" } });
  return { worker, connection: await opening };
}

test("a session is opened, asked about and called by messages; each reply goes to its request", async () => {
  const { worker, connection } = await opened();
  assert.match(worker.url, /session\/worker\.js$/);
  assert.deepEqual(worker.options, { type: "module" });
  assert.deepEqual(connection.info, { name: "films" });
  const [first, second] = [connection.call("draw", 2, []), connection.call("explain", "heat")];
  const [drawn, explained] = worker.sent.slice(-2);
  assert.deepEqual([drawn.session, drawn.method, drawn.args], [7, "draw", [2, []]]);
  worker.reply({ id: explained.id, result: "reasons" });
  worker.reply({ id: drawn.id, result: "items" });
  assert.deepEqual([await first, await second], ["items", "reasons"]);
});

test("elements share a worker", async () => {
  await opened();
  const other = openInWorker("/bundle", () => {});
  assert.equal(workers.length, 1);
  other.catch(() => {});
});

test("progress reaches the one who opens, and is ignored after a failure", async () => {
  const heard = [];
  const opening = openInWorker("/bundle", ({ loaded }) => heard.push(loaded));
  const [worker] = workers;
  const { id } = worker.sent[0];
  worker.reply({ id, progress: { loaded: 5, total: 9 } });
  worker.reply({ id, error: { code: "hash", message: "not the one" } });
  worker.reply({ id, progress: { loaded: 9, total: 9 } });
  await assert.rejects(opening, { name: "FewClicksError", code: "hash", message: "not the one" });
  assert.deepEqual(heard, [5]);
});

test("when the worker dies every request is rejected, its sessions stay dead, and the next session has another worker", async () => {
  const { worker, connection } = await opened();
  const waiting = connection.call("recommend", 3);
  worker.die();
  assert.equal(worker.terminated, true);
  await assert.rejects(waiting, { code: "worker" });
  await assert.rejects(connection.call("recommend", 3), { code: "worker" });
  openInWorker("/bundle", () => {}).catch(() => {});
  assert.equal(workers.length, 2);
});

test("a worker that cannot be started is an error of code `worker`", async () => {
  const { Worker } = globalThis;
  globalThis.Worker = class { constructor() { throw new Error("refused by the policy"); } };
  try {
    await assert.rejects(openInWorker("/bundle", () => {}), { code: "worker", message: /refused by the policy/ });
  } finally {
    globalThis.Worker = Worker;
  }
});

test("a worker that says nothing for eight seconds while a call waits counts as ended; loading may take longer", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const { worker, connection } = await opened();
    const loading = openInWorker("/other", () => {});
    loading.catch(() => {});
    mock.timers.tick(60_000);
    assert.equal(worker.terminated, false, "only a bundle is being loaded");
    const first = connection.call("explain", "heat");
    mock.timers.tick(4000);
    worker.reply({ id: worker.sent.at(-1).id, result: "reasons" });
    assert.equal(await first, "reasons");
    const second = connection.call("explain", "heat");
    mock.timers.tick(4000);
    assert.equal(worker.terminated, false, "a page that was frozen goes on: once is not enough");
    mock.timers.tick(4000);
    assert.equal(worker.terminated, true);
    await assert.rejects(second, { code: "worker" });
    await assert.rejects(loading, { code: "worker" });
  } finally {
    mock.timers.reset();
  }
});

test("a worker that never said anything is not waited for again: the session runs elsewhere", async () => {
  const stalled = openInWorker("/bundle", () => {});
  const again = openInWorker("/bundle", () => {}, true);
  await assert.rejects(again, { code: "worker" });
  await assert.rejects(stalled, { code: "worker" });
  assert.equal(workers[0].terminated, true);
});
