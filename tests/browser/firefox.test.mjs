/** Firefox: all that a visitor can do by mouse and by keyboard, the form, the worker, and the message when loading fails. */
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { firefox } from "./harness.mjs";
import { element, FALLBACK, form } from "./markup.mjs";
import { missing, Site } from "./site.mjs";
import { eventually } from "./widget.mjs";

const MAX_TABS = 150;

const site = new Site();
let browser;
let page;
let problems;

before(async () => { [browser] = await Promise.all([firefox(), site.start()]); });
after(async () => { await browser?.close(); await site.stop(); });
beforeEach(async () => {
  site.reset();
  problems = [];
  page = await browser.newPage();
  page.on("pageerror", (error) => problems.push(`uncaught ${error.message}`));
  page.on("console", (message) => message.type() === "error" && problems.push(`console: ${message.text()}`));
});
afterEach(() => page.close());

async function open(body) {
  site.body = body;
  await page.goto(site.address);
}

/** Return the details of all events of a type so far. */
const told = (type) => page.evaluate((name) =>
  globalThis.heard?.filter((event) => event.type === name).map(({ detail }) => detail) ?? [], type);
const heard = (type, count) => eventually(async () => (await told(type)).length, count, type);

/** Return the text of each part of a name. */
const texts = (part) => page.evaluate((name) =>
  [...document.querySelector("few-clicks").shadowRoot.querySelectorAll(`[part~="${name}"]`)].map((node) => node.textContent), part);
const list = () => texts("recommendation-title");
const answers = () => page.evaluate(() => document.querySelector("few-clicks").answers.map(({ item, value }) => [item.title, value]));

/** Return the first visible part of a name that is not in an answered tile. */
const part = (name) => page.evaluateHandle((wanted) => {
  const found = [...document.querySelector("few-clicks").shadowRoot.querySelectorAll(`[part~="${wanted}"]`)];
  return found.find((node) => node.checkVisibility() && !node.closest("[part~=tile]")?.matches("[aria-pressed=true], [data-answered]"));
}, name);

/** Press a control: by the mouse, or by Tab up to the control and a key. */
const HANDS = {
  mouse: async (name) => (await part(name)).click(),
  keyboard: async (name) => {
    const target = await part(name);
    // Past the end of the page Tab moves to the browser's own controls: use Shift for what is before the focus.
    const way = () => target.evaluate((node) => {
      const { activeElement } = node.getRootNode();
      if (activeElement === node) return "there";
      return activeElement && node.compareDocumentPosition(activeElement) & Node.DOCUMENT_POSITION_FOLLOWING ? "back" : "on";
    });
    for (let tabs = 0; tabs < MAX_TABS; tabs++) {
      const towards = await way();
      if (towards === "there") return page.keyboard.press("Enter");
      if (towards === "back") await page.keyboard.down("Shift");
      await page.keyboard.press("Tab");
      await page.keyboard.up("Shift");
    }
    assert.fail(`${name} is not reached by ${MAX_TABS} presses of Tab`);
  },
};

for (const [mode, yes, no] of [["rate", "like", "dislike"], ["pick", "tile", "tile"]]) {
  for (const [hand, press] of Object.entries(HANDS)) {
    test(`${mode}, by ${hand}: answer, search, undo, others, start over, skip`, async () => {
      await open(element(`mode=${mode} goal=3`));
      await heard("ready", 1);
      site.requests.length = 0;
      const lists = [await list()];
      assert.equal(lists[0].length, 8);
      for (const name of [yes, no]) {
        const before = (await told("recommend")).length;
        await press(name);
        await heard("recommend", before + 1);
        lists.push(await list());
        assert.notDeepEqual(lists.at(-1), lists.at(-2));
      }
      assert.equal((await answers()).length, 2);

      await press("search-input");
      await page.keyboard.type("toy story");
      await eventually(async () => (await texts("search-option")).length > 0, true);
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      const found = () => page.evaluate(() => {
        const focused = document.activeElement.shadowRoot?.activeElement;
        return focused?.closest("[part~=tile]")?.querySelector("[part~=tile-title]").textContent ?? "";
      });
      await eventually(async () => /toy story/i.test(await found()), true, "what was found has the focus");

      for (const expected of lists.slice(0, -1).reverse()) {
        const before = (await told("recommend")).length;
        await press("undo-last");
        await heard("recommend", before + 1);
        assert.deepEqual(await list(), expected);
      }
      const wall = await texts("tile-title");
      await press("others");
      await eventually(async () => (await texts("tile-title")).some((title) => wall.includes(title)), false);
      for (let count = 0; count < 3; count++) {
        const before = (await told("recommend")).length;
        await press(yes);
        await heard("recommend", before + 1);
      }
      await heard("complete", 1);
      await press("reset");
      await eventually(answers, []);
      await press("skip");
      await heard("skip", 1);
      await press("resume");
      await heard("skip", 2);
      assert.deepEqual(site.requests, [], "no request after loading");
      assert.deepEqual(problems, []);
    });
  }
}

test("the worker gives the same lists as the page", async () => {
  const runs = [];
  for (const worker of ["", "worker"]) {
    await open(element(worker));
    await heard("ready", 1);
    await HANDS.mouse("like");
    await heard("recommend", 1);
    runs.push([await list(), await answers()]);
  }
  assert.deepEqual(runs[1], runs[0]);
  assert.deepEqual(problems, []);
});

test("required holds the form back; then it sends the answers; a reset takes them back", async () => {
  await open(form("required min=1 submit=answers"));
  await heard("ready", 1);
  const send = async () => (await page.$("form > button")).click();
  await send();
  await eventually(() => page.evaluate(() => document.activeElement.localName), "few-clicks");
  assert.deepEqual(await page.evaluate(() => {
    const own = document.querySelector("few-clicks");
    return [own.validity.valueMissing, own.matches(":invalid"), own.validationMessage];
  }), [true, true, "Answer at least 1 title."]);
  await HANDS.mouse("like");
  await heard("answer", 1);
  await (await page.$("button[type=reset]")).click();
  await eventually(answers, []);
  assert.equal(await page.evaluate(() => document.forms[0].checkValidity()), false);
  await HANDS.mouse("like");
  await heard("answer", 2);
  const [[title]] = await answers();
  await send();
  await page.waitForSelector("pre");
  const entries = new Map(JSON.parse(await page.$eval("pre", (pre) => pre.textContent)));
  assert.ok(title);
  assert.equal(JSON.parse(entries.get("taste"))[0].value, "like");
});

test("without WebAssembly it says so, and the form works", async () => {
  site.policy = site.policy.replace(" 'wasm-unsafe-eval'", "");
  await open(form("required", FALLBACK));
  await heard("error", 1);
  assert.equal((await told("error"))[0].code, "wasm");
  assert.match((await texts("failure"))[0], /WebAssembly is not allowed here/);
  await (await page.$("form > button")).click();
  await page.waitForSelector("pre");
  assert.deepEqual(JSON.parse(await page.$eval("pre", (pre) => pre.textContent)), [["who", "Ada"], ["favourite", "Heat"]]);
});

for (const [name, path, code] of [["no manifest", /manifest/, "network"], ["no WebAssembly file", /\.wasm/, "network"]]) {
  test(`${name}: ${code}, and another try succeeds`, async () => {
    site.faults.set(path, missing);
    await open(element());
    await heard("error", 1);
    assert.equal((await told("error"))[0].code, code);
    assert.match((await texts("failure"))[0], /What they need is not there/);
    site.faults.clear();
    await HANDS.mouse("retry");
    await heard("ready", 1);
    await HANDS.mouse("like");
    await heard("answer", 1);
  });
}
