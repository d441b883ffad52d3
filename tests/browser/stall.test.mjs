/** Fail open: whatever does not arrive or is none ends in the state `failed` within ten seconds, with a form that submits. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { FALLBACK, form, send, sent } from "./markup.mjs";
import { missing, sendFile } from "./site.mjs";
import { stage } from "./stage.mjs";
import { eventually, Widget } from "./widget.mjs";

const { site, open, openReady } = stage();

/** Milliseconds, of a stall of eight seconds and what comes before. */
const LIMIT = 10_000;

/** Accept the request, and never answer. */
const silence = () => {};
/** Send half of a file, and never the rest. */
const halfway = async (request, response, file) => {
  const bytes = await readFile(file);
  response.writeHead(200, { "content-length": bytes.length }).write(bytes.subarray(0, bytes.length >> 1));
};

/** Wait until the element has failed, with its fallback shown and the form free. @returns {Promise<{ code: string, message: string }>} */
async function failedOpen({ page, widget }) {
  await page.waitForFunction(() => globalThis.heard?.some(({ type }) => type === "error"), undefined, { timeout: LIMIT });
  assert.equal(await widget.is("failed"), true);
  assert.equal(await page.getByLabel("A film you like").isVisible(), true, "the fallback is shown");
  await send(page);
  assert.deepEqual(await sent(page), [["who", "Ada"], ["favourite", "Heat"]]);
}

const STALLS = [
  ["manifest", /films\/manifest/, silence, ""],
  ["half a manifest", /films\/manifest/, halfway, ""],
  ["weights", /films\/weights/, halfway, ""],
  ["WebAssembly", /fewclicks_bg\.wasm/, silence, ""],
  ["half the WebAssembly", /fewclicks_bg\.wasm/, halfway, "worker"],
  ["worker's script", /session\/worker\.js/, silence, "worker"],
];

for (const [name, path, handler, attributes] of STALLS) {
  test(`a stall of the ${name} is a failure of the network`, async () => {
    site.faults.set(path, handler);
    const { page, widget } = await open(form(`required min=3 submit=answers ${attributes}`, FALLBACK));
    const [{ code, message }] = await widget.heard("error", 1);
    assert.equal(code, "network");
    assert.match(message, /\/films: nothing has arrived for 8 seconds/);
    await failedOpen({ page, widget });
  });
}

test("what arrives after a stall counts", async () => {
  let answer;
  site.faults.set(/films\/weights/, (request, response, file) => { answer = () => sendFile(response, file); });
  const { widget } = await open(form("required submit=answers", FALLBACK));
  await widget.heard("error", 1);
  answer();
  await widget.ready();
  assert.deepEqual([await widget.is("failed"), await widget.is("ready"), await widget.failure.isVisible()], [false, true, false]);
  await widget.answer("Like");
  assert.equal(await widget.count(), 1);
});

for (const [name, path] of [["weights", /films\/weights/], ["WebAssembly", /fewclicks_bg\.wasm/], ["worker's script", /session\/worker\.js/]]) {
  test(`another try after a stall of the ${name} asks anew, for all elements that wait`, async () => {
    site.faults.set(path, silence);
    const { page, widget } = await open([1, 2].map((index) => form(`worker id=e${index}`)).join(""));
    await widget.heard("error", 2);
    site.faults.clear();
    await new Widget(page, widget.hand, "#e1").button("Try again").click();
    await widget.heard("ready", 2);
    await widget.page.waitForFunction(() => [...document.querySelectorAll("few-clicks")].every((own) => own.matches(":state(ready)")));
  });
}

for (const [name, markup, code] of [
  ["bundle=\"https://\"", form("required").replace("/films", "https://"), "bad-source"],
  ["bundle=\"http://[\"", form("required").replace("/films", "http://["), "bad-source"],
  ["no bundle", form("required").replace('bundle="/films"', ""), "not-ready"],
]) {
  test(`${name} is a failure like any other`, async () => {
    const { page, widget, problems, requests } = await open(markup.replace("</few-clicks>", `${FALLBACK}$&`));
    const [error] = await widget.heard("error", 1);
    assert.equal(error.code, code, error.message);
    assert.deepEqual(problems.filter((text) => text.startsWith("uncaught")), []);
    assert.ok(requests.every((url) => url.startsWith(site.address)), `no other server is asked: ${requests}`);
    assert.match(await widget.failure.innerText(), /What they need is not there/);
    await failedOpen({ page, widget });
  });
}

test("a form is held back only while there are questions that can be answered", async () => {
  let release;
  site.faults.set(/films\/manifest/, (request, response, file) => { release = () => sendFile(response, file); });
  const { page, widget } = await open(form("required min=1 submit=answers"));
  const valid = () => widget.element.evaluate((element) => element.checkValidity());
  await eventually(async () => Boolean(release), true);
  assert.equal(await valid(), true, "blank tiles cannot be answered");
  release();
  await widget.ready();
  assert.equal(await valid(), false);
  await widget.element.evaluate((element) => { element.filter = () => false; });
  await eventually(valid, true, "an empty wall neither");
  await send(page);
  assert.deepEqual(await sent(page), [["who", "Ada"]]);
});

for (const [name, spoil] of [
  ["messages that are none", (element) => { element.messages = { heading: 5, loading: null, tiles: {} }; }],
  ["a filter that throws", (element) => { element.filter = () => { throw new Error("no"); }; }],
]) {
  test(`${name}: the fallback is shown`, async () => {
    const opened = await open(form("required submit=answers", FALLBACK).replace('bundle="/films"', ""));
    await opened.widget.element.evaluate(async (element, source) => {
      await customElements.whenDefined("few-clicks");
      new Function(`return ${source}`)()(element);
      element.bundle = "/films";
    }, String(spoil)).catch(() => {});
    await failedOpen(opened);
  });
}

test("a renderTile that throws leaves the posters", async () => {
  const { page, widget } = await openReady(form("required min=1"));
  await widget.element.evaluate((element) => { element.renderTile = () => { throw new Error("no"); }; });
  await eventually(() => widget.part("tile-title").count(), 9);
  await widget.answer("Like");
  await send(page);
  await sent(page);
});

test("another try after a deploy asks for the manifest anew", async () => {
  // As a server that lets a manifest be cached for an hour, and has replaced the files that it names.
  const cached = (change) => async (request, response, file) => {
    response.setHeader("cache-control", "max-age=3600");
    response.end(change(await readFile(file, "utf8")));
  };
  site.faults.set(/films\/manifest/, cached((text) => text.replace(/weights-\w+/, "weights-0000")));
  site.faults.set(/films\/weights-0000/, missing);
  const { widget } = await open(form());
  await widget.heard("error", 1);
  site.faults.clear();
  await widget.button("Try again").click();
  await widget.ready();
});

test("a manifest of hundreds of megabytes is not downloaded", async () => {
  let sentBytes = 0;
  site.faults.set(/films\/manifest/, (request, response) => {
    const spaces = Buffer.alloc(1 << 20, " ");
    let open = true;
    response.on("close", () => { open = false; });
    const more = () => {
      while (open && sentBytes < 400 << 20) {
        sentBytes += spaces.length;
        if (!response.write(spaces)) return void response.once("drain", more);
      }
      response.end();
    };
    more();
  });
  const { page, widget } = await open(form("required submit=answers", FALLBACK));
  const [{ code }] = await widget.heard("error", 1);
  assert.equal(code, "manifest");
  await new Promise((resolve) => { setTimeout(resolve, 500); });
  assert.ok(sentBytes < 100 << 20, `${sentBytes >> 20} MB were sent`);
  await failedOpen({ page, widget });
});

for (const [name, patch] of [
  ["refuses names without dashes, and is as old in other ways", () => {
    delete URL.canParse;
    delete AbortSignal.any;
    delete Promise.withResolvers;
    const { add } = CustomStateSet.prototype;
    CustomStateSet.prototype.add = function (state) {
      if (!state.startsWith("--")) throw new SyntaxError(`The specified value '${state}' must start with '--'.`);
      return add.call(this, state);
    };
  }],
  ["has no custom states", () => { delete ElementInternals.prototype.states; }],
]) {
  test(`a browser that ${name} has the element, and its fallback`, async () => {
    const { page, widget, context, problems } = await open("");
    await context.addInitScript(patch);
    site.body = form("required min=1 submit=answers", FALLBACK);
    await page.reload();
    await widget.ready();
    await widget.answer("Like");
    assert.equal(await page.evaluate(() => document.forms[0].checkValidity()), true);
    assert.deepEqual(problems, []);
    site.faults.set(/films\/manifest/, missing);
    await page.reload();
    await widget.heard("error", 1);
    await page.getByLabel("A film you like").waitFor();
    await send(page);
    assert.deepEqual(await sent(page), [["who", "Ada"], ["favourite", "Heat"]]);
  });
}

for (const [name, patch] of [
  ["forms of custom elements", () => { delete HTMLElement.prototype.attachInternals; }],
  ["WebAssembly", () => { delete globalThis.WebAssembly; }],
  ["constructed style sheets", () => { globalThis.CSSStyleSheet = class { constructor() { throw new TypeError("Illegal constructor"); } }; }],
  ["observers of changes", () => { delete globalThis.MutationObserver; }],
]) {
  test(`a browser without ${name} shows the fallback, and submits`, async () => {
    const { page, context } = await open("");
    await context.addInitScript(patch);
    site.body = form("required min=1 submit=answers", FALLBACK);
    await page.reload();
    await page.waitForLoadState("networkidle");
    const field = page.getByLabel("A film you like");
    await field.waitFor();
    await eventually(() => field.isEnabled(), true);
    await send(page);
    assert.deepEqual(await sent(page), [["who", "Ada"], ["favourite", "Heat"]]);
  });
}
