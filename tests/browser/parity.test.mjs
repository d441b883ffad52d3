/** The same tasks by `trainer predict` and by WebAssembly in Chromium: every prediction agrees to 1e-4. */
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { bundle, launch, openPage, serve, train } from "./harness.mjs";
import { makeTasks } from "./tasks.mjs";

const PRESETS = ["default", "ratings", "gradient", "ridge", "melu", "maml", "anil", "few-shot-dot"];
const SUPPORTS = [0, 3, 12];
const TOLERANCE = 1e-4;

let browser;
let folder;

before(async () => {
  browser = await launch();
  folder = await mkdtemp(join(tmpdir(), "fewclicks-parity-"));
});

after(async () => {
  await browser?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

for (const preset of PRESETS) {
  test(`${preset}: native and wasm predictions agree`, async () => {
    const server = await serve(bundle(preset));
    try {
      const page = await modelPage(server.address);
      const tasks = makeTasks(await page.evaluate(catalogue));
      for (const support of SUPPORTS) {
        const native = await predictNatively(preset, tasks, support);
        compare(native, await page.evaluate(predict, { tasks, support }), tasks);
      }
      await page.close();
    } finally {
      await server.stop();
    }
  });
}

test("default: native and wasm lists agree", async () => {
  const server = await serve(bundle("default"));
  try {
    const page = await modelPage(server.address);
    const tasks = makeTasks(await page.evaluate(catalogue));
    const native = await predictNatively("default", tasks, 1000, "--lists");
    const wasm = await page.evaluate(recommend, tasks);
    let sameTen = 0;
    for (const [index, list] of native.entries()) {
      const listed = list.map(String);
      // Scores that differ by rounding alone may change places, at the end of the list with items that are not on it.
      const shared = listed.filter((id) => wasm[index].includes(id)).length;
      assert.ok(shared >= 98, `task ${index}: ${shared} of 100 items are on both lists`);
      sameTen += listed.slice(0, 10).join() === wasm[index].slice(0, 10).join();
    }
    assert.ok(sameTen >= 0.9 * tasks.length, `the first ten agree in ${sameTen} of ${tasks.length} tasks`);
    await page.close();
  } finally {
    await server.stop();
  }
});

test("picks: the native list is in the order of the wasm scores", async () => {
  const server = await serve(bundle("picks"));
  try {
    const page = await modelPage(server.address);
    const tasks = makeTasks(await page.evaluate(catalogue));
    const native = await predictNatively("picks", tasks, 1000);
    const wasm = await page.evaluate(scoreLists, { tasks, lists: native });
    for (const [index, { listed, others }] of wasm.entries()) {
      assert.equal(new Set(native[index]).size, 100, "a hundred items, each once");
      for (const [rank, score] of listed.entries()) {
        const next = rank + 1 < listed.length ? listed[rank + 1] : Math.max(...others);
        assert.ok(score >= next - TOLERANCE, `task ${index}, rank ${rank + 1}: ${score} before ${next}`);
      }
    }
    assert.ok(new Set(native.map((list) => list.slice(0, 5).join())).size > 1, "the lists tell visitors apart");
    await page.close();
  } finally {
    await server.stop();
  }
});

/** In the page: return the ids of the best hundred items after all of a task's answers. */
function recommend(tasks) {
  return tasks.map((task) => {
    model.forget();
    for (const [field, value] of Object.entries(task.user_fields ?? {})) model.describe(field, value);
    for (const [id, rating] of task.support) model.answer(id, rating);
    return model.recommend(100).map(({ item }) => item.id);
  });
}

/** In the page: return the scores of a list of items, in order, and of all others, after all of a task's answers. */
function scoreLists({ tasks, lists }) {
  return tasks.map((task, index) => {
    model.forget();
    for (const [field, value] of Object.entries(task.user_fields ?? {})) model.describe(field, value);
    for (const [id, rating] of task.support) model.answer(id, rating);
    const rest = new Map(model.recommend(100_000).map(({ item, score }) => [item.id, score]));
    const listed = lists[index].map((id) => rest.get(String(id)));
    for (const id of lists[index]) rest.delete(String(id));
    return { listed, others: [...rest.values()] };
  });
}

/** Open a blank page of the server's origin, and load the bundle as `model`. */
async function modelPage(address) {
  await browser.context.route("**/blank", (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html>" }));
  const { page } = await openPage(browser.context, `${address}blank`);
  await page.evaluate(async () => {
    const { default: init, FewClicks } = await import("/pkg/fewclicks.js");
    await init();
    globalThis.model = await FewClicks.load("/bundle");
  });
  return page;
}

/** In the page: return all item ids, and the user fields with their values. */
function catalogue() {
  const items = model.recommend(100_000).map(({ item }) => item.id).sort();
  return { items, userFields: model.info.userFields };
}

/** In the page: return each task's predictions after its first `support` answers. */
function predict({ tasks, support }) {
  return tasks.map((task) => {
    model.forget();
    for (const [field, value] of Object.entries(task.user_fields ?? {})) model.describe(field, value);
    for (const [id, rating] of task.support.slice(0, support)) model.answer(id, rating);
    return task.query.map(([id]) => model.predict(id));
  });
}

async function predictNatively(preset, tasks, support, ...options) {
  const [input, output] = ["tasks", "predictions"].map((name) => join(folder, `${preset}-${support}-${name}.jsonl`));
  await writeFile(input, tasks.map((task) => `${JSON.stringify(task)}\n`).join(""));
  await train("predict", "--bundle", bundle(preset), "--tasks", input, "--support", String(support), "--out", output, ...options);
  return (await readFile(output, "utf8")).trim().split("\n").map((line) => JSON.parse(line));
}

/** Compare every prediction. A missing or infinite one is a difference; and not all may be equal. */
function compare(native, wasm, tasks) {
  assert.equal(native.length, tasks.length);
  assert.equal(wasm.length, tasks.length);
  for (const [index, task] of tasks.entries()) {
    assert.equal(native[index].length, task.query.length);
    assert.equal(wasm[index].length, task.query.length);
    for (const [position, [id]] of task.query.entries()) {
      const [own, other] = [native[index][position], wasm[index][position]];
      assert.ok(Math.abs(own - other) <= TOLERANCE, `task ${index}, item ${id}: native ${own}, wasm ${other}`);
    }
  }
  assert.ok(new Set(native.flat()).size > tasks.length, "the predictions tell items and users apart");
}
