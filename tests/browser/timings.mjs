/**
 * `node timings.mjs [FOLDER]`: measure how long a visitor waits, with the bundle in a folder (the demo's by default). "CPU ×4"
 * slows down the page's own thread, as on a phone, and not the worker.
 */
import { chrome, bundle, SCREEN } from "./harness.mjs";
import { mouse } from "./hands.mjs";
import { element } from "./markup.mjs";
import { mountMany } from "./memory.mjs";
import { Site } from "./site.mjs";
import { Widget } from "./widget.mjs";

const LOADS = 5;
const CLICKS = 40;

const site = await new Site({ films: process.argv[2] ?? bundle("demo") }).start();
const browser = await chrome(["--js-flags=--expose-gc"]);

for (const slowdown of [1, 4]) {
  for (const worker of ["", "worker"]) {
    const loads = [];
    for (let load = 0; load < LOADS; load++) loads.push(await withPage(slowdown, worker, (widget) => painted(widget)));
    const clicks = await withPage(slowdown, worker, answerAll);
    const where = worker ? "in a worker" : "in the page";
    console.log(`CPU ×${slowdown}, ${where}: tiles painted after ${spread(loads)};`
      + ` answer → updated list painted ${spread(clicks)}`);
  }
}

const { alive, nodes, heap, wasm, bytes } = await withPage(1, "", (widget) => mountMany(widget.page, 100));
console.log(`100 elements mounted, answered and removed leave ${alive} alive, ${nodes} nodes, heap +${kilo(heap)},`
  + ` WebAssembly +${kilo(wasm)} of ${kilo(bytes)}`);

await browser.close();
await site.stop();

/** Measure in a page of a fresh profile, so that nothing is cached. */
async function withPage(slowdown, attributes, measure) {
  site.body = element(attributes);
  const context = await browser.newContext(SCREEN);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  await page.addInitScript(watch);
  await page.goto(site.address);
  const result = await measure(new Widget(page, mouse));
  await context.close();
  return result;
}

/** In the page: record the time until `ready` (since navigation) and each `recommend` (since the press) have been painted. */
function watch() {
  globalThis.waited = { ready: [], recommend: [] };
  let pressed = 0;
  addEventListener("pointerup", ({ timeStamp }) => { pressed = timeStamp; }, true);
  const afterPaint = (then) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = then;
    port2.postMessage(null);
  });
  addEventListener("ready", () => afterPaint(() => waited.ready.push(performance.now())));
  addEventListener("recommend", () => {
    const since = pressed;
    afterPaint(() => waited.recommend.push(performance.now() - since));
  });
}

async function painted(widget) {
  const [time] = await waits(widget, "ready", 1);
  return time;
}

/** Click likes and dislikes by turns, and "Show me others" when all tiles have an answer. */
async function answerAll(widget) {
  await painted(widget);
  for (let click = 0; click < CLICKS; click++) {
    if ((await widget.open()).length === 0) await widget.others();
    await widget.answer(click % 3 === 2 ? "Dislike" : "Like");
  }
  return waits(widget, "recommend", CLICKS);
}

async function waits(widget, type, count) {
  await widget.page.waitForFunction(([name, least]) => globalThis.waited[name].length >= least, [type, count]);
  return widget.page.evaluate((name) => waited[name], type);
}

/** Return median and 95th percentile as text. */
function spread(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(0);
  return `${at(0.5)} ms (p95 ${at(0.95)} ms)`;
}

function kilo(bytes) {
  return `${Math.round(bytes / 1024)} kB`;
}
