/** Failures of loading: the message, the code, a form that still works, and a retry that succeeds. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { element, FALLBACK, form, send, sent } from "./markup.mjs";
import { missing, POLICY, sendFile } from "./site.mjs";
import { stage } from "./stage.mjs";
import { eventually } from "./widget.mjs";

const { site, open, openReady } = stage();

const CONNECTION = "The connection failed on the way.";
const MISSING = "What they need is not there.";
const DAMAGED = "What arrived is damaged or from another version.";
const FORBIDDEN = "WebAssembly is not allowed here.";

/** Send half of a file, then close the connection. */
const cut = async (request, response, file) => {
  const bytes = await readFile(file);
  response.writeHead(200, { "content-length": bytes.length });
  response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy());
};
/** Send a changed file, as a damaged upload or a stale cache would. */
const changed = (change) => async (request, response, file) => response.end(change(await readFile(file)));
const half = changed((bytes) => bytes.subarray(0, bytes.length >> 1));
const flipped = changed((bytes) => bytes.fill(bytes.at(-1) ^ 1, bytes.length - 1));
const garbage = (request, response) => response.end("<!doctype html><title>Not found</title>");
const json = (change) => changed((bytes) => {
  const manifest = JSON.parse(bytes);
  change(manifest);
  return JSON.stringify(manifest);
});

const MANIFEST = /films\/manifest\.json/;
const WEIGHTS = /films\/weights/;
const CATALOGUE = /films\/catalogue/;
const WASM = /pkg\/fewclicks_bg\.wasm/;

const FAULTS = [
  ["no manifest", MANIFEST, missing, "network", MISSING],
  ["no weights", WEIGHTS, missing, "network", MISSING],
  ["no catalogue", CATALOGUE, missing, "network", MISSING],
  ["no WebAssembly file", WASM, missing, "network", MISSING],
  ["a WebAssembly file cut off by the network", WASM, cut, "network", CONNECTION],
  ["a page in place of the WebAssembly file", WASM, garbage, "bundle", DAMAGED],
  ["half a WebAssembly file", WASM, half, "bundle", DAMAGED],
  ["a manifest cut off by the network", MANIFEST, cut, "network", CONNECTION],
  ["weights cut off by the network", WEIGHTS, cut, "network", CONNECTION],
  ["a page in place of the manifest", MANIFEST, garbage, "manifest", DAMAGED],
  ["half a manifest", MANIFEST, half, "manifest", DAMAGED],
  ["a manifest of another format", MANIFEST, json((manifest) => { manifest.format = 99; }), "manifest", DAMAGED],
  ["a manifest that leads astray", MANIFEST, json(({ weights }) => { weights.file = "../../secret"; }), "manifest", DAMAGED],
  ["a manifest that promises terabytes", MANIFEST, json(({ weights }) => { weights.bytes = 2 ** 45; }), "manifest", DAMAGED],
  ["a manifest that promises a gigabyte", MANIFEST, json(({ weights }) => { weights.bytes = 2 ** 30; }), "hash", DAMAGED],
  ["half the weights", WEIGHTS, half, "hash", DAMAGED],
  ["weights with one bit flipped", WEIGHTS, flipped, "hash", DAMAGED],
  ["a page in place of the catalogue", CATALOGUE, garbage, "hash", DAMAGED],
];

/** Return the message that the visitor reads. */
const words = (widget) => widget.failure.getByRole("alert").innerText();

for (const [name, path, handler, code, said] of FAULTS) {
  test(`${name}: ${code}`, async () => {
    site.faults.set(path, handler);
    const { page, widget, problems } = await open(form("required submit=recommendations", FALLBACK));
    const [error] = await widget.heard("error", 1);
    assert.equal(error.code, code, error.message);
    assert.ok(error.message.length > 20, `the page is told what is wrong: ${error.message}`);
    assert.ok((await words(widget)).includes(said), await words(widget));
    assert.ok(problems.some((text) => text.includes(error.message)), `the console has the cause: ${problems}`);
    if (path === WASM) assert.match(error.message, /\/pkg\/fewclicks_bg\.wasm/, "and the address");
    assert.deepEqual([await widget.is("failed"), await widget.is("loading"), await widget.is("ready")], [true, false, false]);
    assert.equal(await page.getByLabel("A film you like").isEnabled(), true);

    site.faults.clear();
    await widget.button("Try again").click();
    await widget.ready();
    assert.equal(await widget.failure.isVisible(), false);
    assert.equal(await widget.focused(), true, "the focus is on the wall then, not lost");
    await widget.answer("Like");
    assert.equal(await widget.count(), 1);
    assert.equal((await widget.told("error")).length, 1);
  });
}

for (const worker of ["", "worker"]) {
  test(`a policy that forbids WebAssembly${worker && ", in a worker"}: wasm, and the form still works`, async () => {
    site.policy = POLICY.replace(" 'wasm-unsafe-eval'", "");
    const { page, widget } = await open(form(`required submit=answers ${worker}`, FALLBACK));
    const [error] = await widget.heard("error", 1);
    assert.equal(error.code, "wasm");
    assert.match(error.message, /'wasm-unsafe-eval'/, "the site is told what to allow");
    assert.ok((await words(widget)).includes(FORBIDDEN));
    await send(page);
    assert.deepEqual(await sent(page), [["who", "Ada"], ["favourite", "Heat"]]);
  });
}

for (const script of ["few-clicks.js", "fewclicks.js"]) {
  test(`no ${script}: there is no element, and the form works with what stands in its place`, async () => {
    site.faults.set(new RegExp(`pkg/${script}`), missing);
    const { page } = await open(form("required submit=answers", FALLBACK));
    assert.equal(await page.evaluate(() => customElements.get("few-clicks")), undefined);
    await page.getByLabel("A film you like").fill("Ran");
    await send(page);
    assert.deepEqual(await sent(page), [["who", "Ada"], ["favourite", "Ran"]]);
  });
}

test("a failure again after another try is told again, and keeps the focus", async () => {
  site.faults.set(MANIFEST, missing);
  const { widget } = await open(element());
  await widget.heard("error", 1);
  await widget.button("Try again").click();
  await widget.heard("error", 2);
  await eventually(() => widget.focused(), true);
  assert.equal(await widget.button("Try again").isVisible(), true);
});

test("on a slow network tiles are blank and cannot be pressed; nothing moves when they fill", async () => {
  const late = (request, response, file) => setTimeout(() => sendFile(response, file), 700);
  site.faults.set(MANIFEST, late);
  site.faults.set(WEIGHTS, late);
  const { widget, problems } = await open(element());
  await eventually(() => widget.is("loading"), true);
  const box = async () => {
    const { x, y, width, height } = await widget.wall.boundingBox();
    return { x, y, width, height };
  };
  const skeletons = widget.wall.locator(".skeleton");
  assert.equal(await skeletons.count(), 9);
  assert.equal(await widget.wall.getByRole("button").count(), 0);
  const before = await box();
  await widget.tiles.first().waitFor();
  assert.equal(await widget.is("loading"), true);
  assert.deepEqual(await box(), before);
  await widget.ready();
  assert.equal(await skeletons.count(), 0);
  assert.equal((await widget.titles()).length, 9);
  assert.deepEqual(await box(), before);
  assert.deepEqual(problems, []);
});

test("a bundle that is changed while the one before loads: only the latest counts", async () => {
  site.faults.set(WEIGHTS, (request, response, file) => setTimeout(() => sendFile(response, file), 300));
  const { widget } = await open(element());
  await eventually(() => widget.is("loading"), true);
  await widget.element.evaluate((own) => own.setAttribute("bundle", "/picks"));
  await widget.ready();
  await new Promise((resolve) => { setTimeout(resolve, 500); });
  const told = await widget.told("ready");
  assert.deepEqual(told.map(({ info }) => info.kind), ["picks"]);
});

for (const worker of ["", "worker"]) {
  test(`offline after loading everything goes on${worker && ", in a worker"}`, async () => {
    const { context, widget, problems } = await openReady(element(worker));
    await context.setOffline(true);
    site.requests.length = 0;
    for (const label of ["Like", "Dislike"]) await widget.answer(label);
    await widget.others();
    await widget.answer("Like");
    await widget.undo();
    await widget.search.fill("the");
    await widget.element.getByRole("option").first().waitFor();
    await widget.button("Start over").click();
    await eventually(() => widget.count(), 0);
    assert.deepEqual(site.requests, []);
    assert.deepEqual(problems, []);
  });
}

test("an element without a bundle waits for one, and says so when asked", async () => {
  const { widget } = await open("<few-clicks></few-clicks>");
  await widget.wall.locator(".skeleton").first().waitFor();
  const { code } = await widget.call("recommend");
  assert.equal(code, "not-ready");
  await widget.element.evaluate((own) => { own.bundle = "/films"; });
  await widget.ready();
});
