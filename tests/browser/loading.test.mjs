/** While a bundle loads: progress is shown, the first tiles can be answered, and these answers are kept. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { keyboard, tabTo, touch } from "./hands.mjs";
import { element, form, send, sent } from "./markup.mjs";
import { missing, sendFile } from "./site.mjs";
import { stage } from "./stage.mjs";
import { eventually } from "./widget.mjs";

const { site, open, openReady } = stage();

const WEIGHTS = /(films|picks)\/weights/;

/** Send half of the weights. Return a function that sends the rest. */
function held() {
  const waiting = [];
  site.faults.set(WEIGHTS, async (request, response, file) => {
    const bytes = await readFile(file);
    response.writeHead(200, { "content-length": bytes.length });
    response.write(bytes.subarray(0, bytes.length >> 1));
    waiting.push(() => response.end(bytes.subarray(bytes.length >> 1)));
  });
  return async () => {
    await eventually(() => waiting.length > 0, true);
    site.faults.clear();
    for (const go of waiting) go();
  };
}

/** Send no weights. Return a function that fails their requests. */
function failing() {
  const waiting = [];
  site.faults.set(WEIGHTS, (request, response) => { waiting.push(() => missing(request, response)); });
  return async () => {
    await eventually(() => waiting.length > 0, true);
    for (const go of waiting) go();
  };
}

/** Wait for tiles, and check that the model is not there yet. */
async function asking(widget) {
  await widget.tiles.first().waitFor();
  assert.deepEqual([await widget.is("loading"), await widget.is("ready")], [true, false]);
}

const like = (widget, index) => widget.tiles.nth(index).getByRole("button", { name: "Like", exact: true });
const loading = (widget) => widget.part("loading");

for (const worker of ["", "worker"]) {
  test(`tiles can be answered before the weights have come${worker && ", in a worker"}`, async () => {
    const go = held();
    const { widget, problems } = await open(element(`goal=2 ${worker}`));
    await asking(widget);
    const titles = await widget.titles();
    assert.equal(titles.length, 9);
    assert.equal(await widget.part("recommendation").count(), 0);
    assert.equal(await widget.search.isEnabled() && await widget.search.evaluate((input) => !input.closest("[inert]")), false);

    await like(widget, 0).click();
    await like(widget, 1).click();
    assert.equal(await widget.count(), 2);
    assert.equal(await like(widget, 0).getAttribute("aria-pressed"), "true");
    assert.deepEqual(await widget.answers(), [[titles[0], "like"], [titles[1], "like"]]);
    assert.deepEqual(await widget.told("answer"), [], "the site hears of it when the model is there");
    assert.equal(await loading(widget).isVisible(), true);

    await go();
    await widget.heard("complete", 1);
    assert.equal(await loading(widget).isVisible(), false);
    assert.deepEqual(await widget.answers(), [[titles[0], "like"], [titles[1], "like"]]);
    assert.deepEqual((await widget.told("answer")).map(({ item, value, count }) => [item.title, value, count]), [[titles[0], "like", 1], [titles[1], "like", 2]]);
    const order = await widget.page.evaluate(() => heard.map(({ type }) => type));
    assert.deepEqual(order, ["ready", "answer", "answer", "recommend", "complete"]);
    const early = await widget.list();
    assert.deepEqual((await widget.told("recommend"))[0].recommendations.map(({ item }) => item.title), early.map(({ title }) => title));
    assert.deepEqual(problems, []);

    const { widget: late } = await openReady(element(worker));
    assert.deepEqual(await late.titles(), titles, "the tiles are those that the model asks about");
    for (const title of titles.slice(0, 2)) await late.answer("Like", title);
    assert.deepEqual(await late.list(), early, "as if they had been given then");
  });

  test(`progress goes up to the total, for every element${worker && ", in a worker"}`, async () => {
    const go = held();
    const { page, widget } = await open("");
    await page.evaluate((attribute) => {
      globalThis.progress = {};
      document.addEventListener("progress", ({ target: { id }, detail, bubbles, composed }) => {
        (progress[id] ??= []).push({ ...detail, bubbles, composed });
      });
      const add = (id) => document.querySelector("main").append(Object.assign(document.createElement("few-clicks"), {
        id, bundle: "/films", worker: attribute !== "",
      }));
      globalThis.add = add;
      add("first");
    }, worker);
    const first = () => page.evaluate(() => progress.first?.at(-1).loaded > 1e5);
    await eventually(first, true, "half the weights, and the catalogue");
    await page.evaluate(() => add("late"));
    await page.locator("#late [part~=tile]").first().waitFor();
    await eventually(() => page.locator("#late").locator("[part~=loading]").evaluate((bar) => bar.ariaValueNow > 40 && bar.ariaValueNow < 100), true, "a latecomer is told at once");
    await go();
    await widget.heard("ready", 2);
    const all = await page.evaluate(() => progress);
    const manifest = JSON.parse(await readFile(`${site.folders.films()}/manifest.json`));
    const total = manifest.weights.bytes + manifest.catalogue.bytes;
    for (const told of Object.values(all)) {
      const loaded = told.map((own) => own.loaded);
      assert.deepEqual(loaded, loaded.toSorted((a, b) => a - b));
      assert.equal(loaded.at(-1), total);
      assert.ok(told.every((own) => own.total === total && own.bubbles && own.composed));
    }
    assert.equal(all.first[0].loaded, 0, "the first is told with the manifest");
    assert.equal(site.count(WEIGHTS), 1);
  });
}

test("an answer is changed and taken back before the model is there", async () => {
  const go = held();
  const { widget, problems } = await open(element());
  await asking(widget);
  const [first, second] = await widget.titles();
  for (const index of [0, 1, 2]) await like(widget, index).click();
  await widget.tiles.nth(1).getByRole("button", { name: "Dislike" }).click();
  await widget.tiles.nth(0).getByRole("button", { name: "Undo" }).click();
  await like(widget, 2).click();
  assert.deepEqual(await widget.answers(), [[second, "dislike"]]);
  assert.equal(await widget.count(), 1);
  await go();
  await widget.heard("recommend", 1);
  assert.deepEqual((await widget.told("answer")).map(({ item, value, count }) => [item.title, value, count]), [[second, "dislike", 1]]);
  assert.deepEqual(await widget.answers(), [[second, "dislike"]]);
  assert.ok((await widget.titles()).includes(first));
  await widget.undo();
  assert.deepEqual(await widget.answers(), []);
  assert.deepEqual(problems, []);
});

for (const worker of ["", "worker"]) {
  test(`what was answered is kept over a failure and another try${worker && ", in a worker"}`, async () => {
    const fail = failing();
    const { widget, problems } = await open(element(`remember ${worker}`));
    await asking(widget);
    const [title] = await widget.titles();
    await like(widget, 0).click();
    // Meanwhile its replacement is asked for.
    await new Promise((resolve) => { setTimeout(resolve, 1800); });
    await fail();
    await widget.heard("error", 1);
    await widget.failure.getByRole("alert").waitFor();
    const go = held();
    await widget.button("Try again").click();
    await asking(widget);
    assert.equal(await widget.count(), 1);
    assert.equal(await widget.tile(title).getByRole("button", { name: "Like", exact: true }).getAttribute("aria-pressed"), "true");
    await go();
    await widget.heard("recommend", 1);
    assert.deepEqual(await widget.answers(), [[title, "like"]]);
    assert.deepEqual((await widget.told()).length, 4, "one error, ready, answer, recommend");
    await widget.page.reload();
    await widget.ready();
    assert.deepEqual(await widget.answers(), [[title, "like"]], "and remembered from then on");
    assert.deepEqual(problems.filter((problem) => problem.startsWith("uncaught")), []);
  });
}

test("an early answer is of its bundle: another bundle begins without it", async () => {
  const go = held();
  const { widget } = await open(element());
  await asking(widget);
  await like(widget, 0).click();
  await widget.element.evaluate((own) => { own.bundle = "/picks"; });
  await go();
  await widget.ready();
  assert.deepEqual(await widget.answers(), []);
  assert.equal(await widget.element.evaluate((own) => own.mode), "pick");
});

test("when the model comes, the focus and the tiles stay where they are", async () => {
  const go = held();
  const { page, widget } = await open(element(), { hand: keyboard });
  await asking(widget);
  await tabTo(like(widget, 3));
  await page.keyboard.press("Enter");
  await tabTo(like(widget, 4));
  const focused = () => widget.element.evaluate((own) => own.shadowRoot.activeElement.closest("[part~=tile]").getAttribute("aria-labelledby"));
  await widget.tiles.evaluateAll((tiles) => { globalThis.tiles = tiles; });
  const before = await focused();
  await go();
  await widget.ready();
  assert.equal(await focused(), before);
  assert.deepEqual(await widget.tiles.evaluateAll((tiles) => tiles.map((tile, index) => tile === globalThis.tiles[index])), Array(9).fill(true));
  await eventually(() => widget.open().then((titles) => titles.length), 9, "the answered one is replaced");
  assert.equal(await focused(), before);
});

test("on a phone the wall stays scrolled", async () => {
  const go = held();
  const { widget } = await open(element(), { hand: touch });
  await asking(widget);
  await widget.wall.evaluate((wall) => { wall.scrollLeft = 300; });
  const scrolled = () => widget.wall.evaluate((wall) => wall.scrollLeft);
  const before = await scrolled();
  assert.ok(before > 0);
  await go();
  await widget.ready();
  assert.equal(await scrolled(), before);
});

test("with remembered answers the wall waits", async () => {
  const { page, widget } = await openReady(element("remember"));
  const title = await widget.answer("Like");
  const go = held();
  await page.reload();
  await eventually(() => loading(widget).evaluate((bar) => bar.ariaValueNow > 40), true);
  assert.equal(await widget.tiles.count(), 0);
  assert.equal(await widget.wall.locator(".skeleton").count(), 9);
  await go();
  await widget.ready();
  assert.deepEqual(await widget.answers(), [[title, "like"]]);
});

test("the site's filter and its words hold for the first tiles; where too few are left the wall waits", async () => {
  const go = held();
  const { page, widget } = await open(element("tiles=3"));
  await asking(widget);
  const [first, second] = await widget.titles();
  await page.evaluate((title) => {
    const own = document.querySelector("few-clicks");
    own.filter = (item) => item.title !== title;
  }, first);
  await eventually(async () => (await widget.titles())[0], second);
  await widget.element.evaluate((own) => { own.renderTile = ({ title }) => `Do you know ${title}?`; });
  await page.getByText(`Do you know ${second}?`).waitFor();
  await widget.element.evaluate((own) => { own.filter = () => false; });
  await eventually(() => widget.tiles.count(), 0);
  assert.equal(await widget.wall.locator(".skeleton").count(), 3);
  await widget.element.evaluate((own) => { own.filter = null; });
  await eventually(() => widget.tiles.count(), 3);
  await go();
  await widget.ready();
});

test("picks and stars are what the bundle says, before its model is there", async () => {
  const go = held();
  const { widget } = await open('<few-clicks bundle="/picks"></few-clicks>');
  await asking(widget);
  await widget.tiles.nth(0).click();
  await widget.tiles.nth(1).click();
  await widget.tiles.nth(0).click();
  assert.equal(await widget.count(), 1);
  await go();
  await widget.heard("recommend", 1);
  assert.equal((await widget.told("answer")).length, 1);

  const start = held();
  const { widget: stars } = await open(element("rating=stars"));
  await asking(stars);
  await stars.tiles.first().getByRole("button", { name: "4 stars" }).click();
  await start();
  await stars.heard("recommend", 1);
  assert.deepEqual((await stars.told("answer")).map(({ value }) => value), [4]);
});

test("methods wait for the model, and a form counts what was answered before it", async () => {
  const go = held();
  const { page, widget } = await open(form("required min=1 submit=answers"));
  await asking(widget);
  assert.equal(await widget.element.evaluate((own) => own.checkValidity()), false);
  await like(widget, 0).click();
  assert.equal(await widget.element.evaluate((own) => own.checkValidity()), true);
  await page.getByRole("button", { name: "Clear" }).click();
  await eventually(() => widget.count(), 0);
  await like(widget, 1).click();
  const [{ item }] = await widget.element.evaluate((own) => own.answers);
  const answered = widget.call("answer", "no-such-item", "like");
  const recommended = widget.call("recommend", 3);
  await go();
  assert.equal((await answered).code, "unknown-item");
  assert.equal((await recommended).length, 3);
  await send(page);
  assert.deepEqual((await sent(page)).at(-1), ["taste", JSON.stringify([{ id: item.id, value: "like" }])]);
});

test("nothing of the bar is seen where loading is quick", async () => {
  site.faults.set(WEIGHTS, (request, response, file) => setTimeout(() => sendFile(response, file), 3000).unref());
  const { page, widget } = await open("");
  await page.evaluate(() => {
    const own = Object.assign(document.createElement("few-clicks"), { bundle: "/films" });
    document.querySelector("main").append(own);
    globalThis.seen = [];
    const start = performance.now();
    const look = () => {
      const words = own.shadowRoot?.querySelector(".loading")?.parentElement;
      if (words?.checkVisibility()) seen.push([performance.now() - start, Number(getComputedStyle(words).opacity)]);
      if (performance.now() - start < 2000) requestAnimationFrame(look);
    };
    look();
  });
  await eventually(() => loading(widget).evaluate((bar) => Number(getComputedStyle(bar.parentElement).opacity)), 1);
  assert.equal(await loading(widget).isVisible(), true);
  const seen = await page.evaluate(() => globalThis.seen);
  assert.ok(seen.length > 5 && seen.filter(([time]) => time < 380).every(([, opacity]) => opacity === 0), JSON.stringify(seen.slice(0, 30)));
});
