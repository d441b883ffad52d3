/** What is kept on the visitor's machine: nothing unless the site asks for it, and then only answers, which are validated. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { element } from "./markup.mjs";
import { missing, slowly } from "./site.mjs";
import { stage } from "./stage.mjs";
import { eventually } from "./widget.mjs";

const { site, open, openReady } = stage();

/** Return what this origin has stored, in every kind of storage of a browser. */
const kept = async ({ page, context }) => ({
  ...await page.evaluate(async () => ({
    local: Object.entries(localStorage),
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    files: (await Array.fromAsync((await navigator.storage.getDirectory()).keys())).length,
    cookie: document.cookie,
  })),
  cookies: (await context.cookies()).length,
});
const NOTHING = { local: [], session: 0, databases: 0, caches: 0, workers: 0, files: 0, cookie: "", cookies: 0 };

for (const worker of ["", "worker"]) {
  test(`without remember nothing is requested and nothing kept after loading${worker && ", in a worker"}`, async () => {
    const opened = await openReady(element(worker));
    const { page, widget, requests } = opened;
    requests.length = site.requests.length = 0;
    for (const label of ["Like", "Dislike", "Haven’t seen", "Like", "Like", "Like"]) await widget.answer(label);
    await widget.undo();
    await widget.call("describe", "age", "25–34");
    await widget.call("search", "the");
    await widget.call("explain", (await widget.call("recommend"))[0].item.id);
    await widget.button("Start over").click();
    await eventually(() => widget.count(), 0);
    assert.deepEqual([requests, site.requests], [[], []]);
    assert.deepEqual(await kept(opened), NOTHING);
    await page.reload();
    await widget.ready();
    assert.equal(await widget.count(), 0);
  });
}

test("with remember a reload restores the answers; starting over forgets them", async () => {
  const opened = await openReady(element("remember"));
  const { page, widget, problems } = opened;
  for (const label of ["Like", "Dislike", "Haven’t seen"]) await widget.answer(label);
  await widget.call("describe", "age", "25–34");
  const answers = await widget.answers();
  const { local, ...rest } = await kept(opened);
  assert.deepEqual({ ...rest, local: [] }, NOTHING);
  assert.equal(local.length, 1);
  assert.deepEqual(Object.keys(JSON.parse(local[0][1]).user), [], "descriptions are not kept");

  await page.reload();
  await widget.ready();
  assert.deepEqual(await widget.answers(), answers);
  assert.equal(await widget.count(), 2);
  assert.deepEqual(await widget.told("answer"), [], "what is restored is no event");

  await widget.press(widget.button("Start over"));
  assert.deepEqual(await kept(opened), NOTHING);
  assert.deepEqual(problems, []);
});

test("forget() takes back everything, at once and for good", async () => {
  const opened = await openReady(element("remember"));
  const { page, widget } = opened;
  const first = await widget.list();
  await widget.answer("Like");
  await widget.call("describe", "age", "25–34");
  await widget.call("forget");
  assert.deepEqual([await widget.answers(), await widget.list(), await widget.count()], [[], first, 0]);
  assert.deepEqual(await kept(opened), NOTHING);
  await page.reload();
  await widget.ready();
  assert.equal(await widget.count(), 0);
});

test("forget() right after the element is there removes what is only being read", async () => {
  const opened = await openReady(element("remember"));
  const { page, widget } = opened;
  await widget.answer("Like");
  await page.reload();
  await widget.element.evaluate((own) => own.forget());
  assert.deepEqual([await widget.answers(), await kept(opened)], [[], NOTHING]);
});

test("a storage that another tab clears deals no new wall where nothing is remembered", async () => {
  const { widget } = await openReady(element());
  const titles = () => widget.element.evaluate((own) => [...own.shadowRoot.querySelectorAll("[part~=tile-title]")].map((title) => title.textContent));
  await widget.answer("Like");
  const before = await titles();
  await widget.element.evaluate(() => dispatchEvent(new StorageEvent("storage", { key: null, storageArea: localStorage })));
  await widget.element.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
  assert.deepEqual(await titles(), before);
});

test("forget() also forgets what was started over: no undo brings it back", async () => {
  const { widget } = await openReady(element());
  await widget.answer("Like");
  await widget.press(widget.button("Start over"));
  await widget.call("forget");
  const undo = widget.button("Undo last");
  assert.equal(await undo.getAttribute("aria-disabled"), "true");
  await undo.click({ force: true });
  await widget.answer("Dislike");
  await widget.undo();
  assert.deepEqual(await widget.answers(), [], "only what was said since is taken back");
});

test("remember may be switched on later, and off", async () => {
  const opened = await openReady(element());
  const { widget } = opened;
  await widget.answer("Like");
  await widget.element.evaluate((own) => { own.remember = true; });
  await widget.answer("Like");
  assert.equal((await kept(opened)).local.length, 1);
  await widget.call("forget");
  await widget.element.evaluate((own) => { own.remember = false; });
  await widget.answer("Like");
  assert.deepEqual(await kept(opened), NOTHING);
});

const many = (count) => Array.from({ length: count }, (_, index) => ({ id: String(index), value: "like" }));

/** Changes to what was kept, all of which are refused. */
const FORGERIES = [
  ["no JSON", () => "{not json"],
  ["JSON that is no state", () => "[1, 2, 3]"],
  ["a number", () => "42"],
  ["an older version", (state) => JSON.stringify({ ...state, version: 0 })],
  ["a version of the future", (state) => JSON.stringify({ ...state, version: 99 })],
  ["a field that no version has", (state) => JSON.stringify({ ...state, evil: true })],
  ["ratings off the scale", (state) => JSON.stringify({ ...state, answers: [{ ...state.answers[0], value: 1e9 }] })],
  ["a word that is no answer", (state) => JSON.stringify({ ...state, answers: [{ ...state.answers[0], value: "adore" }] })],
  ["too many answers", (state) => JSON.stringify({ ...state, answers: many(100_000) })],
  ["an id that is no text", (state) => JSON.stringify({ ...state, answers: [{ id: { toString: "no" }, value: "like" }] })],
];

for (const [name, forge] of FORGERIES) {
  test(`${name} in the storage: told as bad-state, dropped, and the visitor begins afresh`, async () => {
    const opened = await openReady(element("remember"));
    const { page, widget, problems } = opened;
    await widget.answer("Like");
    const { local: [[key, text]] } = await kept(opened);
    await page.evaluate(([name, value]) => localStorage.setItem(name, value), [key, forge(JSON.parse(text))]);
    await page.reload();
    await widget.ready();
    assert.deepEqual((await widget.told("error")).map(({ code }) => code), ["bad-state"]);
    assert.deepEqual(await kept(opened), NOTHING, "what does not fit is dropped");
    assert.equal(await widget.count(), 0);
    await widget.answer("Like");
    assert.equal(await widget.count(), 1);
    assert.deepEqual(problems, []);
  });
}

test("items that the bundle does not know any more are left out; the others stay", async () => {
  const opened = await openReady(element("remember"));
  const { page, widget, problems } = opened;
  const title = await widget.answer("Like");
  const { local: [[key, text]] } = await kept(opened);
  const state = JSON.parse(text);
  state.answers.push(...["constructor", "__proto__", "<img src=x>", "", "\u0000"].map((id) => ({ id, value: "like" })));
  await page.evaluate(([name, value]) => localStorage.setItem(name, value), [key, JSON.stringify(state)]);
  await page.reload();
  await widget.ready();
  assert.deepEqual(await widget.answers(), [[title, "like"]]);
  await widget.answer("Dislike");
  assert.equal(await widget.count(), 2);
  assert.deepEqual(problems, []);
});

test("where storage is forbidden everything works, and nothing is kept", async () => {
  const { page, widget, problems } = await openReady(element("remember"));
  await page.addInitScript(() => {
    const forbid = () => { throw new DOMException("no", "SecurityError"); };
    Object.defineProperty(globalThis, "localStorage", { get: forbid });
  });
  await page.reload();
  await widget.ready();
  for (const label of ["Like", "Dislike"]) await widget.answer(label);
  assert.deepEqual((await widget.answers()).map(([, value]) => value), ["like", "dislike"]);
  await widget.call("forget");
  assert.equal(await widget.count(), 0);
  assert.deepEqual(problems, []);
});

test("with remember the first tiles are there before the model, unless there are answers", async () => {
  const { page, widget } = await openReady(element("remember"));
  site.faults.set(/films\/weights/, slowly);
  await page.reload();
  await eventually(() => widget.tiles.count(), 9);
  assert.deepEqual(await widget.told("ready"), []);
  site.faults.clear();
  await page.reload();
  await widget.ready();
  await widget.answer("Like");
  site.faults.set(/films\/weights/, slowly);
  await page.reload();
  await page.waitForTimeout(500);
  assert.equal(await widget.tiles.count(), 0);
});

test("where what remembers cannot be loaded nothing is remembered, and everything else works", async () => {
  const opened = await open("");
  site.faults.set(/pkg\/remembered\.js/, missing);
  site.body = element("remember");
  await opened.page.reload();
  await opened.widget.ready();
  await opened.widget.answer("Like");
  assert.equal(await opened.widget.count(), 1);
  assert.deepEqual([await opened.widget.told("error"), await kept(opened)], [[], NOTHING]);
  site.faults.clear();
  await opened.page.reload();
  await opened.widget.ready();
  await opened.widget.answer("Like");
  assert.equal((await kept(opened)).local.length, 1);
});
