/** Measure in pages of one headless Chromium. */
import { chromium } from "playwright-core";
import { Server } from "./server.mjs";

/** Repetitions of a cold start, each in a profile of its own. */
const COLD_REPETITIONS = 10;
/** Repetitions before those that count, so that hot code has been optimised. */
const WARM_UP = 5;
/** Flags for Chromium in a container, without requests of its own. */
const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

/** @typedef {{ folder: string, answers: [string, unknown][], k: number }} Visitor with a model that the server has */

export class Session {
  #server;
  #browser;

  /** @param {Record<string, string>} folders to serve, by the first part of their addresses; `dist` has the contenders */
  async start(folders) {
    this.#server = await new Server(folders).start();
    this.#browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
    return this;
  }

  /** Version of Chromium. */
  get version() { return this.#browser.version(); }

  /**
   * Time tasks, warm (`page/measure.js`).
   * @param {string[]} contenders @param {Visitor} visitor @param {{ visits: string[], repetitions: number }} how
   */
  warm(contenders, visitor, { visits, repetitions }) {
    return this.evaluate("measure", { contenders, ...visitor, visits, repetitions, warmUp: WARM_UP });
  }

  /**
   * Time a large catalogue in a worker (`page/worker.js`).
   * @param {Visitor} visitor @param {number} repetitions
   * @returns {Promise<{ load_ms: number, rank_ms: number[], memory_bytes: number }>}
   */
  worker(visitor, repetitions) {
    return this.evaluate("inWorker", { ...visitor, repetitions, warmUp: WARM_UP });
  }

  /**
   * Time from navigation to the first list: code, model, local update and ranking, nothing of it cached.
   * @param {string[]} contenders @param {Visitor} visitor
   * @returns {Promise<{ times: Record<string, number[]>, lists: Record<string, string[][]> }>} by contender
   */
  async cold(contenders, visitor) {
    const times = Object.fromEntries(contenders.map((name) => [name, []]));
    const lists = Object.fromEntries(contenders.map((name) => [name, []]));
    for (let repetition = 0; repetition < COLD_REPETITIONS; repetition++) {
      for (let turn = 0; turn < contenders.length; turn++) {
        const name = contenders[(turn + repetition) % contenders.length];
        this.#server.cold = coldPage(name, visitor);
        const { at, ids } = await this.#open("/cold", async (page) => {
          const first = await page.waitForFunction(() => globalThis.first);
          return first.jsonValue();
        });
        times[name].push(at);
        lists[name].push(ids);
      }
    }
    return { times, lists };
  }

  /** Call a function of `page/measure.js` in a page of its own. @param {string} name @param {...unknown} values */
  evaluate(name, ...values) {
    return this.#open("/", async (page) => {
      await page.waitForFunction((name) => globalThis[name], name);
      return page.evaluate(([name, values]) => globalThis[name](...values), [name, values]);
    });
  }

  async stop() {
    await this.#browser.close();
    this.#server.stop();
  }

  /** Measure in a profile of its own. */
  async #open(path, use) {
    const context = await this.#browser.newContext();
    const page = await context.newPage();
    const failed = new Promise((_, reject) => page.on("pageerror", reject));
    await page.goto(this.#server.address + path);
    const used = await Promise.race([use(page), failed]);
    await context.close();
    return used;
  }
}

function coldPage(name, { folder, answers, k }) {
  return `<!doctype html>
<meta charset="utf-8">
<title>${name}</title>
<link rel="icon" href="data:,">
<script type="module">
  import { load } from "/dist/${name}.js";
  const contender = await load("${folder}");
  contender.tell(${JSON.stringify(answers)});
  contender.adapt();
  const ids = contender.rank(${k});
  globalThis.first = { at: performance.now(), ids };
</script>
`;
}
