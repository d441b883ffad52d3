/** What may go wrong once the element works: wrong arguments, a worker that ends, another tab, a policy that forbids the worker. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { element, FALLBACK, form, send, sent } from "./markup.mjs";
import { openPage } from "./harness.mjs";
import { POLICY } from "./site.mjs";
import { stage } from "./stage.mjs";
import { eventually, Widget } from "./widget.mjs";

const { site, open, openReady } = stage();

/** Call every method with everything. @returns {Promise<string[]>} the calls that were rejected with something else than an error with a code */
const callAll = (widget) => widget.element.evaluate(async (own) => {
  const circle = {};
  circle.circle = circle;
  const values = [undefined, null, 5, NaN, -1, 1e9, "", "heat", "\ud800", {}, [], [{}], true, 1n, Symbol("s"), () => {}, circle, document,
    Object.defineProperty({}, "version", { get() { throw new Error("got"); } }), { version: 1, answers: [null], user: {} }];
  const wrong = [];
  for (const method of ["answer", "undo", "recommend", "explain", "search", "describe", "restore", "save", "reset", "forget"]) {
    for (const first of values) {
      for (const second of [undefined, null, "like", Symbol("t"), circle]) {
        try {
          await own[method](first, second);
        } catch (error) {
          if (error.name !== "FewClicksError" || !error.code) wrong.push(`${method}(${String(first)}): ${error}`);
        }
      }
    }
  }
  for (const [property, value] of [["overrides", 5], ["overrides", { heat: null }], ["filter", 5], ["messages", null], ["renderTile", 5], ["goal", {}], ["details", null]]) {
    try {
      own[property] = value;
    } catch (error) {
      wrong.push(`${property}: ${error}`);
    }
  }
  return wrong;
});

for (const worker of ["", "worker"]) {
  test(`every method rejects wrong arguments with a code${worker && ", in a worker"}, and goes on`, async () => {
    const { widget, problems } = await openReady(element(worker));
    assert.deepEqual(await callAll(widget), []);
    await widget.element.evaluate((own) => Object.assign(own, { filter: null, renderTile: null, overrides: {} }));
    await eventually(() => widget.part("tile-title").count(), 9);
    await widget.answer("Like");
    assert.deepEqual(problems.filter((text) => text.startsWith("uncaught")), []);
  });
}

test("search(undefined) is refused as bad-options", async () => {
  const { widget } = await openReady(element());
  const { code, name, message } = await widget.call("search");
  assert.deepEqual([code, name], ["bad-options", "FewClicksError"]);
  assert.match(message, /undefined/);
});

test("a worker that ends without a word hangs no call: the element says so within ten seconds, and another try goes on", async () => {
  const { page, widget, context } = await open("");
  await context.addInitScript(() => {
    globalThis.workers = [];
    globalThis.Worker = class extends Worker {
      constructor(...args) {
        super(...args);
        workers.push(this);
      }
    };
  });
  site.body = form("required min=2 submit=answers worker", FALLBACK);
  await page.reload();
  await widget.ready();
  await widget.answer("Like");
  await page.evaluate(() => workers[0].terminate());
  const start = Date.now();
  const [recommended, explained] = await Promise.all([widget.call("recommend"), widget.call("search", "the")]);
  assert.deepEqual([recommended.code, explained.code], ["worker", "worker"]);
  assert.ok(Date.now() - start < 10_000, `${Date.now() - start} ms`);
  assert.equal(await widget.is("failed"), true);
  assert.equal(await page.evaluate(() => document.forms[0].checkValidity()), true);
  await widget.button("Try again").click();
  await widget.heard("ready", 2);
  assert.equal((await widget.answers()).length, 1, "what was answered is kept");
  await widget.answer("Like");
  await send(page);
  const [, [, answers]] = await sent(page);
  assert.equal(JSON.parse(answers).length, 2);
});

test("where Trusted Types forbid the worker the page does the work, and the console says so", async () => {
  site.policy = `${POLICY}; require-trusted-types-for 'script'; trusted-types 'none'`;
  const { page, widget } = await open("");
  const said = [];
  page.on("console", (message) => said.push(message.text()));
  site.body = element("worker");
  await page.reload();
  await widget.ready();
  await widget.answer("Like");
  assert.equal(page.workers().length, 0);
  assert.deepEqual(await widget.told("error"), []);
  assert.ok(said.some((text) => /<few-clicks>: the model runs in the page.*TrustedScriptURL/s.test(text)), `${said}`);
});

/** Open the page of the site in another tab. */
async function secondTab({ context, widget }) {
  const { page } = await openPage(context, site.address);
  const other = new Widget(page, widget.hand);
  await other.ready();
  return other;
}

test("two tabs remember what was answered in both, and each shows it", async () => {
  const opened = await openReady(element("remember"));
  const first = opened.widget;
  const second = await secondTab(opened);
  const [a, b] = [await first.answer("Like", (await first.titles())[0]), await second.answer("Dislike", (await second.titles())[1])];
  for (const tab of [first, second]) {
    await eventually(async () => Object.fromEntries(await tab.answers()), { [a]: "like", [b]: "dislike" });
    await eventually(() => tab.count(), 2);
  }
  await opened.page.reload();
  await first.ready();
  assert.deepEqual(Object.fromEntries(await first.answers()), { [a]: "like", [b]: "dislike" });
});

test("of two tabs the newest answer about an item counts; what one takes back or forgets is gone in both", async () => {
  const opened = await openReady(element("remember worker"));
  const first = opened.widget;
  const second = await secondTab(opened);
  const id = await first.element.evaluate(async (own) => (await own.search("the"))[0].id);
  await first.call("answer", id, "like");
  await second.call("answer", id, "dislike");
  await eventually(async () => (await first.answers()).map(([, value]) => value), ["dislike"]);
  await first.call("undo");
  await eventually(() => second.answers(), []);
  await second.answer("Like");
  await eventually(async () => (await first.answers()).length, 1);
  await first.call("forget");
  await eventually(() => second.answers(), []);
  assert.equal(await opened.page.evaluate(() => localStorage.length), 0);
});

test("a tab that was asleep loses nothing of what was answered in another", async () => {
  const opened = await openReady(element("remember"));
  const first = opened.widget;
  const key = await first.element.evaluate((own) => `few-clicks:${own.bundle}`);
  const [a, b, c] = await first.element.evaluate(async (own) => (await own.search("the")).map((item) => item.id));
  await first.call("answer", a, "like");
  // As written by another tab while this one hears no events.
  await opened.page.evaluate(([name, id]) => {
    const state = JSON.parse(localStorage.getItem(name));
    state.answers.push({ id, value: "dislike" });
    localStorage.setItem(name, JSON.stringify(state));
  }, [key, b]);
  await first.call("answer", c, "like");
  const values = { [a]: "like", [b]: "dislike", [c]: "like" };
  await eventually(() => first.element.evaluate((own) => Object.fromEntries(own.answers.map(({ item, value }) => [item.id, value]))), values);
  const stored = await opened.page.evaluate((name) => JSON.parse(localStorage.getItem(name)).answers, key);
  assert.deepEqual(Object.fromEntries(stored.map(({ id, value }) => [id, value])), values);
});

for (const worker of ["", "worker"]) {
  test(`of two tabs that answer at once without Web Locks both answers are kept, and what one takes back meanwhile is gone${worker && ", in a worker"}`, async () => {
    const opened = await open("");
    await opened.context.addInitScript(() => { Object.defineProperty(navigator, "locks", { value: undefined }); });
    site.body = element(`remember ${worker}`);
    await opened.page.reload();
    await opened.widget.ready();
    const tabs = [opened.widget, await secondTab(opened)];
    assert.deepEqual(await Promise.all(tabs.map(({ page }) => page.evaluate(() => navigator.locks))), [undefined, undefined]);
    const ids = await tabs[0].element.evaluate(async (own) => (await own.search("the")).map(({ id }) => id));
    const key = await tabs[0].element.evaluate((own) => `few-clicks:${own.bundle}`);
    /** Wait until both tabs and the entry say this. */
    const agreed = async (expected) => {
      for (const { page, element: own } of tabs) {
        await eventually(async () => (await own.evaluate(({ answers }) => answers.map(({ item, value }) => `${item.id} ${value}`))).sort(), expected.toSorted());
        await eventually(() => page.evaluate((name) => (JSON.parse(localStorage.getItem(name))?.answers ?? []).map(({ id, value }) => `${id} ${value}`).sort(), key), expected.toSorted());
      }
    };
    for (let round = 0; round < 6; round++) {
      const [a, b, c] = ids;
      // At the same time: each starts before it can have heard of the other.
      await Promise.all([tabs[0].call("answer", a, "like"), tabs[1].call("answer", b, "dislike")]);
      await agreed([`${a} like`, `${b} dislike`]);
      await Promise.all([tabs[0].call("undo", a), tabs[1].call("answer", c, "like")]);
      await agreed([`${b} dislike`, `${c} like`]);
      await tabs[round % 2].call("forget");
      await agreed([]);
    }
  });
}
