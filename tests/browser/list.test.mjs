/** The list as a place to go on: its buttons, filters and sharing, with mouse and keyboard, each with its event. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { keyboard, mouse, touch } from "./hands.mjs";
import { openPage } from "./harness.mjs";
import { element, form } from "./markup.mjs";
import { stage } from "./stage.mjs";
import { eventually, Widget } from "./widget.mjs";

const { site, open, openReady } = stage();

const ALL = 'list-actions="like seen dismiss more share finish" list-filters="genre year:Decade"';

const titles = async (widget) => (await widget.list()).map(({ title }) => title);
const inRow = (widget, index, part) => widget.part("recommendation").nth(index).locator(`[part~="${part}"]`);
const focused = (page) => page.evaluate(() => document.querySelector("few-clicks").shadowRoot.activeElement?.getAttribute("aria-label"));

/** Open an element with all tools, and wait for them. */
async function tools(attributes = "", options = {}) {
  const opened = await openReady(element(`${ALL} ${attributes}`), options);
  await opened.widget.part("list-action").first().waitFor();
  await opened.widget.part("list-filter").nth(1).waitFor();
  opened.requests.length = 0;
  return opened;
}

for (const hand of [mouse, keyboard, touch]) {
  test(`${hand.name}: like, not for me and seen take a row off the list, tell the page, and the focus stays in the list`, async () => {
    const { page, widget, requests, problems } = await tools("", { hand });
    const [first] = await titles(widget);
    await widget.press(inRow(widget, 0, "list-like"));
    assert.deepEqual(await widget.answers(), [[first, "like"]]);
    await eventually(async () => /^Like: /.test(await focused(page)), true, "on the like of the next row");
    const next = (await titles(widget))[0];
    await widget.press(inRow(widget, 0, "list-dismiss"));
    assert.deepEqual(await widget.answers(), [[first, "like"], [next, "dislike"]]);
    const gone = (await titles(widget))[1];
    await widget.press(inRow(widget, 1, "list-seen"));
    await eventually(async () => (await titles(widget)).includes(gone), false);
    assert.equal((await widget.answers()).length, 2, "seen is no answer");
    await widget.element.getByText(`${gone} is off the list.`).waitFor();
    await eventually(async () => /^Seen it: /.test(await focused(page)), true);
    await widget.press(widget.button("Bring it back"));
    await eventually(async () => (await titles(widget)).includes(gone), true);
    assert.deepEqual((await widget.told("listaction")).map(({ action, item }) => [action, item.title]),
      [["like", first], ["dismiss", next], ["seen", gone], ["back", gone]]);
    assert.deepEqual([requests, problems], [[], []], "no request after loading");
  });
}

test("what was taken off comes back one by one, also once the list was shared or the element drawn anew", async () => {
  const { page, widget } = await tools();
  const gone = (await titles(widget)).slice(0, 2);
  for (const title of gone) {
    await widget.press(inRow(widget, 0, "list-seen"));
    await widget.element.getByText(`${title} is off the list.`).waitFor();
  }
  await page.evaluate(() => { document.querySelector("few-clicks").goal = 6; });
  await widget.element.getByText(`${gone[1]} is off the list.`).waitFor();
  for (const title of gone.toReversed()) {
    await widget.press(widget.button("Bring it back"));
    await eventually(async () => (await titles(widget)).includes(title), true);
  }
  assert.equal(await widget.element.getByText("Bring it back").count(), 0);
});

test("a filter that the site takes away filters no more, and one that it widens lets through what it should", async () => {
  const { page, widget } = await tools();
  const all = await titles(widget);
  await widget.part("list-filter").first().selectOption("Crime");
  await eventually(async () => (await titles(widget)).join() !== all.join(), true);
  await page.evaluate(() => { document.querySelector("few-clicks").listFilters = ["year:Decade"]; });
  await eventually(() => titles(widget), all);
  const filter = (least) => page.evaluate((year) => {
    document.querySelector("few-clicks").filter = year && (({ fields }) => Number(fields.year) >= year);
  }, least);
  const decades = () => page.evaluate(async () => (await document.querySelector("few-clicks").recommend(30)).map(({ item }) => Math.floor(Number(item.fields.year) / 10)));
  await filter(2010);
  await widget.part("list-filter").first().selectOption("2010–2019");
  await eventually(async () => new Set(await decades()).size, 1);
  await filter(null);
  await eventually(async () => [...new Set(await decades())], [201]);
});

test("starting over brings back what was taken off and clears the filters, also without an answer; undo takes that back", async () => {
  const { widget } = await tools();
  const all = await titles(widget);
  const [reset, genre] = [widget.button("Start over"), widget.element.getByLabel("Genre")];
  assert.equal(await reset.getAttribute("aria-disabled"), "true");
  await widget.press(inRow(widget, 0, "list-seen"));
  await genre.selectOption("Crime");
  await widget.heard("recommend", 2);
  const chosen = await titles(widget);
  for (const label of [null, "Like"]) {
    if (label) await widget.answer(label);
    const before = await titles(widget);
    await widget.press(reset);
    await eventually(() => titles(widget), all);
    assert.equal(await genre.inputValue(), "");
    assert.equal(await widget.element.getByText("Bring it back").count(), 0);
    assert.equal(await reset.getAttribute("aria-disabled"), "true");
    await widget.undo();
    await eventually(() => titles(widget), before);
    assert.equal(await genre.inputValue(), "Crime");
    await widget.element.getByText(`${all[0]} is off the list.`).waitFor();
  }
  await widget.undo();
  await eventually(() => titles(widget), chosen);
});

test("without both attributes the list is whole again; with one of them what was taken off is off", async () => {
  const { widget } = await tools();
  const all = await titles(widget);
  await widget.press(inRow(widget, 0, "list-seen"));
  await widget.element.getByLabel("Genre").selectOption("Crime");
  await widget.heard("recommend", 2);
  await widget.element.evaluate((own) => { own.listActions = own.listFilters = []; });
  await eventually(() => titles(widget), all);
  await widget.element.evaluate((own) => { own.listActions = ["seen"]; });
  await eventually(async () => (await titles(widget)).includes(all[0]), false);
  await widget.element.getByText(`${all[0]} is off the list.`).waitFor();
});

for (const worker of ["", "worker"]) {
  test(`what was seen is remembered with the answers, in all tabs, and forgotten with them${worker && ", in a worker"}`, async () => {
    const { context, page, widget } = await tools(`remember ${worker}`);
    const all = await titles(widget);
    for (const title of all.slice(0, 2)) {
      await widget.press(inRow(widget, 0, "list-seen"));
      await widget.element.getByText(`${title} is off the list.`).waitFor();
    }
    const left = await titles(widget);
    await page.reload();
    await widget.ready();
    await eventually(() => titles(widget), left);
    assert.deepEqual(await widget.told("recommend"), [], "what is restored is no event");
    await widget.element.getByText(`${all[1]} is off the list.`).waitFor();
    const { page: second } = await openPage(context, site.address);
    const other = new Widget(second, mouse);
    await other.ready();
    await eventually(() => titles(other), left);
    await other.press(other.button("Bring it back"));
    await eventually(async () => (await titles(widget)).includes(all[1]), true);
    await widget.element.getByText(`${all[0]} is off the list.`).waitFor();
    await other.answer("Like");
    await eventually(() => widget.count(), 1);
    assert.equal((await titles(widget)).includes(all[0]), false);
    await widget.press(widget.button("Start over"));
    await eventually(() => titles(other), all);
    assert.equal(await second.evaluate(() => localStorage.length), 0);
  });
}

test("what was taken off and the filters stay where the worker ends and another try goes on", async () => {
  const { page, widget } = await tools("worker");
  await widget.press(inRow(widget, 0, "list-seen"));
  await widget.element.getByLabel("Genre").selectOption("Crime");
  await widget.heard("recommend", 2);
  const chosen = await titles(widget);
  await page.workers()[0].evaluate(() => { setTimeout(() => { throw new Error("out of memory"); }); });
  await widget.call("recommend");
  await widget.button("Try again").click();
  await widget.heard("ready", 2);
  await eventually(() => titles(widget), chosen);
  assert.equal(await widget.element.getByLabel("Genre").inputValue(), "Crime");
});

test("without remember what was seen is forgotten with the visit, and a forged entry hides nothing", async () => {
  const { page, widget, problems } = await tools();
  const all = await titles(widget);
  await widget.press(inRow(widget, 0, "list-seen"));
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  await page.reload();
  await widget.ready();
  assert.deepEqual(await titles(widget), all);
  await widget.element.evaluate((own) => { own.remember = "taste"; });
  await widget.press(inRow(widget, 0, "list-seen"));
  const entry = await page.evaluate(() => localStorage.getItem("few-clicks:taste"));
  for (const hidden of [5, "heat", [null, 5, {}, { id: 5, value: true }, { id: "__proto__", value: true }, { id: "none", value: true }]]) {
    await page.evaluate((text) => localStorage.setItem("few-clicks:taste", text), JSON.stringify({ ...JSON.parse(entry), hidden }));
    site.body = element(`${ALL} remember=taste`);
    await page.reload();
    await widget.ready();
    assert.deepEqual(await titles(widget), all);
    await widget.answer("Like");
    await widget.press(widget.button("Start over"));
  }
  assert.deepEqual(problems, []);
});

test("with picks, not for me is no answer, and takes the row off the list", async () => {
  const { widget } = await tools("mode=pick");
  const [first] = await titles(widget);
  await widget.press(inRow(widget, 0, "list-dismiss"));
  await eventually(async () => (await titles(widget)).includes(first), false);
  assert.deepEqual(await widget.answers(), []);
});

for (const worker of ["", "worker"]) {
  test(`more like this unfolds three other items below the row, and folds them${worker && ", in a worker"}`, async () => {
    const { widget } = await tools(worker, { hand: keyboard });
    const [first] = await titles(widget);
    const button = inRow(widget, 0, "list-more");
    await widget.hand.press(button);
    const related = inRow(widget, 0, "related").locator(".title");
    await eventually(() => related.count(), 3);
    const [{ item, related: told }] = await widget.heard("listaction", 1);
    assert.deepEqual([item.title, told.map(({ title }) => title)], [first, await related.allTextContents()]);
    assert.equal(await button.getAttribute("aria-expanded"), "true");
    await widget.hand.press(button);
    await eventually(() => related.first().isVisible(), false);
    assert.equal(await button.getAttribute("aria-expanded"), "false");
  });
}

test("filters leave what has the chosen values, decades of years among them; what nothing has says so", async () => {
  const { widget } = await tools("details=genre,year rows=5");
  const [genre, decade] = [widget.element.getByLabel("Genre"), widget.element.getByLabel("Decade")];
  await genre.selectOption("Crime");
  const [{ recommendations }] = await widget.heard("recommend", 1);
  assert.ok(recommendations.length === 5 && recommendations.every(({ item }) => item.fields.genre.includes("Crime")));
  await decade.selectOption("1990–1999");
  const [, both] = await widget.heard("recommend", 2);
  assert.ok(both.recommendations.every(({ item }) => item.fields.genre.includes("Crime") && /^199\d$/.test(item.fields.year[0])));
  assert.deepEqual((await widget.told("listaction")).map(({ action, filters }) => [action, filters]),
    [["filter", { genre: "Crime" }], ["filter", { genre: "Crime", year: "1990–1999" }]]);
  await widget.element.evaluate((own) => { own.filter = ({ fields }) => !fields.genre.includes("Crime"); });
  await widget.element.getByText("Nothing here matches. Choose less.").waitFor();
  assert.equal(await widget.part("list-filter").first().isVisible(), true, "the filters stay");
});

test("filters change neither what is asked nor what is remembered of the answers", async () => {
  const { widget } = await tools();
  await widget.element.getByLabel("Genre").selectOption("Crime");
  await widget.heard("recommend", 1);
  await widget.others();
  const genres = await widget.element.evaluate(async (own) => {
    const shown = [...own.shadowRoot.querySelectorAll("[part~=tile-title]")].map(({ textContent }) => textContent);
    const found = await Promise.all(shown.map((title) => own.search(title, 1)));
    return found.map(([{ fields }]) => fields.genre);
  });
  assert.ok(genres.some((own) => !own.includes("Crime")), "other genres are asked about");
});

test("the list is shared by the system's dialog, else copied, else shown to be copied", async () => {
  const { page, context, widget } = await tools("rows=3");
  const press = async (count) => {
    await widget.hand.press(widget.part("list-share"));
    return (await widget.heard("listaction", count))[count - 1];
  };
  await page.evaluate(() => { navigator.share = async ({ text }) => { globalThis.shared = text; }; });
  const { text, by } = await press(1);
  assert.deepEqual([by, await page.evaluate(() => globalThis.shared)], ["share", text]);
  const names = await titles(widget);
  names.forEach((name, index) => assert.ok(text.split("\n")[index + 1].startsWith(`${index + 1}. ${name}`), text));
  assert.ok(text.startsWith("Picked for you\n"), text);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate(() => { navigator.share = undefined; });
  assert.equal((await press(2)).by, "clipboard");
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), text);
  await widget.element.getByText("The list is copied.").waitFor();
  await page.evaluate(() => { navigator.clipboard.writeText = () => Promise.reject(new Error("not allowed")); });
  assert.equal((await press(3)).by, "text");
  assert.equal(await widget.element.getByLabel("Copy this list").inputValue(), text);
  await page.evaluate(() => { navigator.share = () => Promise.reject(new DOMException("no", "AbortError")); });
  await widget.hand.press(widget.part("list-share"));
  await page.waitForTimeout(100);
  assert.equal((await widget.told("listaction")).length, 3, "a dialog that was closed shares nothing");
});

test("once the goal is reached a line says so, with what the page puts there, and leads to the list", async () => {
  const site = '<button slot="finish" type="button">Create my account</button>';
  const { page, widget } = await openReady(element(`goal=2 ${ALL}`, site), { hand: touch });
  await widget.part("list-action").first().waitFor();
  const line = widget.part("finish");
  await widget.answer("Like");
  assert.equal(await line.isVisible(), false);
  await widget.answer("Like");
  await widget.element.getByText("Your list is ready.").waitFor();
  assert.ok(await page.getByRole("button", { name: "Create my account" }).isVisible());
  await widget.hand.press(widget.button("See the list"));
  assert.equal(await page.evaluate(() => document.querySelector("few-clicks").shadowRoot.activeElement.part.value), "recommendations");
  await widget.undo();
  await eventually(() => line.isVisible(), false);
});

test("without the attributes nothing of it is loaded, and with them before the element is ready", async () => {
  const without = await openReady(element());
  assert.ok(!without.requests.some((url) => url.includes("list-tools")));
  const { requests } = await openReady(element(ALL));
  assert.ok(requests.some((url) => url.endsWith("/list-tools.js")));
});

test("where the tools cannot be loaded the element works without them", async () => {
  site.faults.set(/list-tools/, (request, response) => response.writeHead(404).end());
  const { widget } = await openReady(element(ALL));
  await widget.answer("Like");
  assert.equal((await widget.list()).length, 8);
});

test("a required element that lacks answers says so above the tiles when the form is sent", async () => {
  const { page, widget } = await open(form("required min=2"));
  await widget.ready();
  await page.getByRole("button", { name: "Send" }).click();
  await eventually(() => widget.part("demand").textContent(), "Answer at least 2 titles.");
});
