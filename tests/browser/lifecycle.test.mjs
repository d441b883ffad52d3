/** Elements that are added, moved, removed, shared and lazy; and the worker, which gives the same results as the page. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";
import { mouse } from "./hands.mjs";
import { element } from "./markup.mjs";
import { mountMany } from "./memory.mjs";
import { missing } from "./site.mjs";
import { stage } from "./stage.mjs";
import { eventually, Widget } from "./widget.mjs";

const { site, open, openReady } = stage({ flags: ["--js-flags=--expose-gc"] });

const LOADED = [/films\/manifest/, /films\/weights/, /films\/catalogue/, /fewclicks_bg\.wasm/];
const loads = () => LOADED.map((path) => site.count(path));

test("an element that is taken out and put back, elsewhere too, is as it was", async () => {
  const { page, widget, problems } = await openReady(`<div id="one">${element()}</div><div id="two"></div>`);
  for (const label of ["Like", "Dislike"]) await widget.answer(label);
  const before = { answers: await widget.answers(), list: await widget.list() };
  await page.evaluate(async () => {
    const own = document.querySelector("few-clicks");
    own.remove();
    await new Promise((resolve) => { setTimeout(resolve, 100); });
    document.querySelector("#two").append(own);
  });
  assert.deepEqual({ answers: await widget.answers(), list: await widget.list() }, before);
  assert.equal((await widget.told("ready")).length, 1);
  await widget.answer("Like");
  assert.equal(await widget.count(), 3);
  assert.deepEqual(problems, []);
});

test("an element taken out while it loads, and put back, is ready once", async () => {
  const { page, widget, problems } = await open("");
  await page.evaluate(async () => {
    await customElements.whenDefined("few-clicks");
    const own = Object.assign(document.createElement("few-clicks"), { bundle: "/films" });
    const main = document.querySelector("main");
    main.append(own);
    own.remove();
    await Promise.resolve();
    main.append(own);
    main.prepend(own);
  });
  await widget.ready();
  await widget.answer("Like");
  assert.equal((await widget.told("ready")).length, 1);
  assert.deepEqual(problems, []);
});

test("many elements load one model, and each has answers of its own", async () => {
  const { page, widget } = await open(Array.from({ length: 4 }, (_, index) => element(`id=e${index}`)).join(""));
  await widget.heard("ready", 4);
  assert.deepEqual(loads(), [1, 1, 1, 1]);
  const [first, second] = ["#e0", "#e1"].map((id) => new Widget(page, mouse, id));
  const untouched = await second.list();
  await first.answer("Like");
  assert.deepEqual([await first.count(), await second.count()], [1, 0]);
  assert.deepEqual(await second.list(), untouched);
  await second.answer("Dislike");
  assert.deepEqual([(await first.answers())[0][1], (await second.answers())[0][1]], ["like", "dislike"]);
});

test("many elements with worker share one worker and one model", async () => {
  const { page, widget } = await open(Array.from({ length: 3 }, () => element("worker")).join(""));
  await widget.heard("ready", 3);
  assert.equal(page.workers().length, 1);
  assert.deepEqual(loads(), [1, 1, 1, 1]);
});

test("a lazy element asks for nothing until it comes into view", async () => {
  const { page, widget } = await open(`<div class="far"></div>${element("loading=lazy")}`);
  await page.waitForFunction(() => customElements.get("few-clicks"));
  await page.waitForLoadState("networkidle");
  assert.deepEqual(loads(), [0, 0, 0, 0]);
  await widget.element.scrollIntoViewIfNeeded();
  await widget.ready();
  assert.deepEqual(loads(), [1, 1, 1, 1]);
});

test("importing the element twice registers it once", async () => {
  const { page, widget, problems } = await openReady(element());
  await page.evaluate(() => import("/pkg/few-clicks.js?again"));
  await widget.answer("Like");
  assert.equal(await widget.count(), 1);
  assert.deepEqual(problems, []);
});

test("elements that are parsed before they are registered keep what was set on them", async () => {
  const { page, widget } = await open("");
  await page.evaluate(async () => {
    const frame = document.createElement("iframe");
    frame.src = "/page/blank.html";
    document.body.append(frame);
    await new Promise((resolve) => { frame.onload = resolve; });
    const { document: inside } = frame.contentWindow;
    const own = inside.createElement("few-clicks");
    own.goal = 2;
    own.bundle = "/films";
    own.messages = { heading: "Set early" };
    inside.body.append(own);
    const script = Object.assign(inside.createElement("script"), { type: "module", src: "/pkg/few-clicks.js" });
    own.addEventListener("ready", () => {
      globalThis.early = [own.goal, own.getAttribute("goal"), own.shadowRoot.querySelector("h2").textContent];
    });
    inside.head.append(script);
  });
  await widget.page.waitForFunction(() => globalThis.early);
  assert.deepEqual(await page.evaluate(() => early), [2, "2", "Set early"]);
});

test("the package can be imported where there is no document", async () => {
  const modules = ["few-clicks.js", "element.js", "fewclicks.js"].map((name) => new URL(`../../pkg/${name}`, import.meta.url).href);
  const source = modules.map((url) => `await import(${JSON.stringify(url)});`).join("\n");
  const { stderr } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", source]);
  assert.equal(stderr.replace(/.*MODULE_TYPELESS.*\n?/g, ""), "");
});

/** Wait until the next tiles have come for those with an answer. */
const replaced = (widget) => eventually(async () => (await widget.open()).length, 9);

test("the worker gives the same tiles, lists and reasons as the page", async () => {
  const runs = [];
  for (const attributes of ["", "worker"]) {
    const { page, widget, problems } = await openReady(element(attributes));
    assert.equal(page.workers().length, attributes ? 1 : 0);
    const wall = await widget.titles();
    const run = [wall, await widget.list()];
    // Of the first wall, however soon the next tiles come.
    for (const [index, label] of ["Like", "Dislike", "Haven’t seen", "Like"].entries()) run.push(await widget.answer(label, wall[index]), await widget.list());
    await widget.undo();
    run.push(await widget.list(), await widget.answers());
    const found = (await widget.call("search", "night"))[0];
    run.push(found.title, await widget.call("explain", found.id));
    await replaced(widget);
    await widget.others();
    run.push(await widget.titles());
    assert.deepEqual(problems, []);
    runs.push(run);
  }
  assert.deepEqual(runs[1], runs[0]);
});

test("where no worker can be started the page does the work, without an error", async () => {
  site.faults.set(/pkg\/session\/worker\.js/, missing);
  const { page, widget } = await openReady(element("worker"));
  await widget.answer("Like");
  assert.equal(await widget.count(), 1);
  assert.deepEqual(await widget.told("error"), []);
  assert.equal(page.workers().length, 0);
});

test("presses that come faster than the worker answers all count", async () => {
  const { widget, problems } = await openReady(element("worker mode=pick tiles=12 goal=12"));
  await widget.tiles.evaluateAll((tiles) => tiles.forEach((tile) => tile.click()));
  await widget.heard("answer", 12);
  assert.equal(await widget.count(), 12);
  assert.deepEqual((await widget.told("complete")).length, 1);
  assert.deepEqual(problems, []);
});

test("hundreds of elements that come and go leave nothing behind", async () => {
  const { page } = await open("");
  const { alive, nodes, heap, wasm } = await mountMany(page, 50);
  assert.equal(alive, 0, "elements that are gone are collected");
  assert.ok(nodes <= 0, `${nodes} nodes more than before`);
  // A session of this bundle takes some 6 kB, so fifty would be five times as much.
  assert.ok(wasm <= 65_536, `WebAssembly memory grew by ${wasm} bytes`);
  assert.ok(heap < 200_000, `the heap grew by ${heap} bytes`);
});

test("when the worker dies each element says so by itself, and another try goes on", async () => {
  const { page, widget } = await open(["one", "two"].map((id) => element(`worker id=${id}`)).join(""));
  await widget.heard("ready", 2);
  const [one, two] = ["#one", "#two"].map((id) => new Widget(page, mouse, id));
  await two.answer("Like");
  await replaced(two);
  await page.workers()[0].evaluate(() => { setTimeout(() => { throw new Error("out of memory"); }); });
  await new Promise((resolve) => { setTimeout(resolve, 100); });

  await one.tiles.first().getByRole("button", { name: "Like", exact: true }).click();
  await widget.heard("error", 1);
  await one.button("Try again").click();
  await widget.heard("ready", 3);
  await one.answer("Dislike");
  await two.tiles.last().getByRole("button", { name: "Like", exact: true }).click();
  await widget.heard("error", 2);
  assert.deepEqual((await widget.told("error")).map(({ code }) => code), ["worker", "worker"]);
  assert.deepEqual((await one.answers()).map(([, value]) => value), ["dislike"], "no element hears another's answers");
  await two.button("Try again").click();
  await widget.heard("ready", 4);
});
