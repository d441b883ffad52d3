/** Measure the memory that elements leave behind: mounted, answered and removed one after the other, then collected. */

const ROUNDS = 3;

/** Milliseconds after which no answered tile waits for its replacement. */
const REPLACED = 2500;

/**
 * Mount `count` elements once, so that memory for them is reserved, and then in rounds. A leak adds in every round, so the
 * smallest addition of a round counts.
 * @param {import("playwright-core").Page} page of the tests' site, in a Chromium with `--js-flags=--expose-gc`
 * @param {number} count
 * @returns {Promise<{ alive: number, nodes: number, heap: number, wasm: number, bytes: number }>} what a round adds:
 *   elements that are still alive, nodes, bytes of the heap and of WebAssembly memory; and all of the latter
 */
export async function mountMany(page, count) {
  await page.waitForFunction(() => customElements.get("few-clicks"));
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable");
  // Memory is given back a moment after a collection.
  await page.evaluate(() => {
    globalThis.collect = () => new Promise((resolve) => {
      gc();
      setTimeout(resolve, 20);
    });
  });
  await page.evaluate(mount, count);
  const looks = [await look(page, devtools)];
  const alive = [];
  for (let round = 0; round < ROUNDS; round++) {
    const refs = await page.evaluateHandle(mount, count);
    looks.push(await look(page, devtools));
    alive.push(await refs.evaluate((all) => all.filter((ref) => ref.deref()).length));
  }
  const smallest = (name) => Math.min(...looks.slice(1).map((own, round) => own[name] - looks[round][name]));
  return {
    alive: Math.min(...alive),
    nodes: smallest("Nodes"),
    heap: smallest("JSHeapUsedSize"),
    wasm: smallest("wasm"),
    bytes: looks.at(-1).wasm,
  };
}

async function look(page, devtools) {
  // Until an answered tile is replaced, its timer keeps the element.
  await page.waitForTimeout(REPLACED);
  const wasm = await page.evaluate(async () => {
    // The page's record of events is no leak of the elements.
    globalThis.heard.length = 0;
    for (let round = 0; round < 5; round++) await collect();
    const { default: init } = await import("/pkg/fewclicks.js");
    return (await init()).memory.buffer.byteLength;
  });
  const { metrics } = await devtools.send("Performance.getMetrics");
  return { wasm, ...Object.fromEntries(metrics.map(({ name, value }) => [name, value])) };
}

/** In the page: mount, answer and remove. @returns {Promise<WeakRef<HTMLElement>[]>} */
async function mount(count) {
  const refs = [];
  for (let index = 0; index < count; index++) {
    const own = Object.assign(document.createElement("few-clicks"), { bundle: "/films" });
    document.querySelector("main").append(own);
    const [{ item }] = await own.recommend(1);
    await own.answer(item.id, "like");
    await new Promise((resolve) => { requestAnimationFrame(resolve); });
    own.remove();
    refs.push(new WeakRef(own));
    if (index % 10 === 0) await collect();
  }
  return refs;
}
