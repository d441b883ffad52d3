/** What a page can do with the element from its own scripts. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { element } from "./markup.mjs";
import { missing } from "./site.mjs";
import { stage } from "./stage.mjs";
import { eventually } from "./widget.mjs";

const { site, open, openReady } = stage();

const ids = async (widget, count) => (await widget.call("recommend", count)).map(({ item }) => item.id);

test("methods do what a visitor can do, and fire no event", async () => {
  const { widget, problems } = await openReady(element("remember goal=2"));
  const first = await widget.list();
  const before = await widget.told();
  const [one, two, three] = await ids(widget, 3);
  await widget.call("answer", one, "like");
  await widget.call("answer", two, "dislike");
  await widget.call("answer", three, "unknown");
  await widget.call("answer", two, 4);
  assert.equal(await widget.count(), 2);
  assert.notDeepEqual(await widget.list(), first);
  const saved = await widget.call("save");
  assert.deepEqual(saved.answers.map(({ id, value }) => [id, value]), [[one, "like"], [two, 4], [three, "unknown"]]);

  const undone = await widget.call("undo");
  assert.deepEqual([undone.item.id, undone.value], [three, "unknown"]);
  assert.equal((await widget.call("undo", one)).item.id, one);
  assert.equal(await widget.call("undo", one), null, "what is not there is not taken back");
  await widget.call("reset");
  assert.equal(await widget.call("undo"), null);
  assert.deepEqual(await widget.list(), first);
  assert.deepEqual(await widget.call("restore", saved), []);
  assert.deepEqual(await widget.call("save"), saved);
  assert.equal(await widget.count(), 2);

  assert.equal((await widget.call("recommend", 3)).length, 3);
  assert.equal((await widget.call("search", "the", 4)).length, 4);
  const reasons = await widget.call("explain", (await widget.call("recommend", 1))[0].item.id);
  assert.ok(reasons.length > 0 && reasons.every(({ influence }) => Number.isFinite(influence)));
  await widget.element.evaluate((own) => own.skip());
  assert.equal(await widget.is("skipped"), true);
  await widget.element.evaluate((own) => own.resume());
  await widget.call("forget");
  assert.deepEqual(await widget.list(), first);
  assert.deepEqual(await widget.told(), before);
  assert.deepEqual(problems, []);
});

test("errors are typed, and change nothing", async () => {
  const { widget, problems } = await openReady(element());
  const [id] = await ids(widget, 1);
  const first = await widget.list();
  for (const [method, args, code] of [
    ["answer", ["no such item", "like"], "unknown-item"],
    ["answer", [id, "adore"], "bad-answer"],
    ["answer", [id, 99], "bad-answer"],
    ["answer", [id, null], "bad-answer"],
    ["answer", [id], "bad-answer"],
    ["undo", [{}], "unknown-item"],
    ["explain", ["no such item"], "unknown-item"],
    ["describe", ["shoe size", "44"], "unknown-field"],
    ["describe", ["age", "ancient"], "unknown-value"],
    ["restore", [{ version: 99, answers: [], user: {} }], "bad-state"],
    ["restore", ["{}"], "bad-state"],
    ["restore", [null], "bad-state"],
    ["restore", [], "bad-state"],
  ]) {
    const error = await widget.call(method, ...args);
    assert.equal(error.code, code, `${method}(${args.map((arg) => JSON.stringify(arg)).join()}): ${JSON.stringify(error).slice(0, 200)}`);
    assert.equal(error.type, "Error");
    assert.equal(error.name, "FewClicksError");
  }
  assert.deepEqual(await widget.answers(), []);
  assert.deepEqual(await widget.list(), first);
  assert.deepEqual(await widget.told("error"), [], "and none is an event: who called has heard");
  assert.deepEqual(problems, []);
});

test("a count that makes no sense is refused", async () => {
  const { widget } = await openReady(element());
  for (const count of [-1, 2.5, "many", Infinity]) {
    assert.equal((await widget.call("recommend", count)).code, "bad-options", String(count));
  }
});

test("methods wait for a bundle under way, and reject with its failure", async () => {
  const { page, widget } = await open(element());
  await page.waitForFunction(() => customElements.get("few-clicks"));
  assert.equal((await widget.call("recommend")).length, 8);
  site.faults.set(/picks\/manifest/, missing);
  const code = await widget.element.evaluate(async (own) => {
    own.bundle = "/picks";
    return own.recommend().then(() => "none", (error) => error.code);
  });
  assert.equal(code, "network");
});

test("info and adaptation tell what the model is and did", async () => {
  const { widget } = await open(element());
  const about = () => widget.element.evaluate(({ info, adaptation }) => ({ info, adaptation }));
  await widget.ready();
  const { info, adaptation } = await about();
  assert.equal(info.kind, "ratings");
  assert.ok(info.itemCount > 1000 && info.name && info.scale.max > info.scale.min);
  assert.equal(adaptation.answers, 0);
  await widget.answer("Like");
  const after = (await about()).adaptation;
  assert.equal(after.answers, 1);
  assert.ok(["halves", "closed-form", "gradient", "softmax"].includes(after.method));
  assert.ok(after.milliseconds >= 0 && after.lossAfter <= after.lossBefore, JSON.stringify(after));
  const [told] = await widget.told("recommend");
  assert.deepEqual(told.adaptation, after);
  assert.deepEqual(told.recommendations, await widget.call("recommend"));
});

test("describe may come before anything is loaded, stays through starting over, and goes with forget", async () => {
  const { page, widget } = await open("");
  const [plain, described] = await page.evaluate(async () => {
    await customElements.whenDefined("few-clicks");
    const make = async (describe) => {
      const own = document.createElement("few-clicks");
      own.bundle = "/films";
      if (describe) await own.describe("age", "under 18");
      document.querySelector("main").append(own);
      return (await own.recommend()).map(({ item }) => item.id);
    };
    return [await make(false), await make(true)];
  });
  assert.notDeepEqual(described, plain);
  const own = widget.element.last();
  const list = () => own.evaluate(async (element) => (await element.recommend()).map(({ item }) => item.id));
  await own.evaluate((element) => element.reset());
  assert.deepEqual(await list(), described);
  await own.evaluate((element) => element.forget());
  assert.deepEqual(await list(), plain);
});

test("a filter decides what is asked, found and recommended; null lets all through again", async () => {
  const { widget } = await openReady(element("details=year"));
  const first = await widget.list();
  await widget.element.evaluate((own) => { own.filter = ({ fields }) => Number(fields.year?.[0]) >= 2000; });
  const years = () => widget.element.evaluate(async (own) => [
    ...await own.recommend(60), ...(await own.search("the", 60)).map((item) => ({ item })),
  ].map(({ item }) => Number(item.fields.year[0])));
  await eventually(async () => (await widget.list()).length, 8);
  await eventually(async () => (await years()).every((year) => year >= 2000), true);
  const shown = (await widget.part("tile-details").allTextContents()).map(Number);
  assert.ok(shown.length === 9 && shown.every((year) => year >= 2000), String(shown));
  await widget.element.evaluate((own) => { own.filter = null; });
  await eventually(() => widget.list(), first);

  await widget.element.evaluate((own) => { own.filter = () => { throw new Error("the site's mistake"); }; });
  await new Promise((resolve) => { setTimeout(resolve, 200); });
  assert.equal((await widget.titles()).length, 9, "a filter that throws does not empty the wall");
});

test("overrides lay the site's own words, links and images over the catalogue's", async () => {
  const { page, widget, requests } = await openReady(element());
  const [{ item: { id, title } }] = await widget.call("recommend", 1);
  requests.length = 0;
  await widget.element.evaluate((own, key) => {
    own.overrides = { [key]: { title: "The Site's <b>Own</b> Title", href: "/item?id=1", fields: { year: ["1492"] } } };
  }, id);
  await eventually(async () => (await widget.list())[0].title, "The Site's <b>Own</b> Title");
  const link = widget.part("recommendation").first().getByRole("link");
  assert.equal(await link.evaluate(({ href }) => href), new URL("/item?id=1", page.url()).href);
  assert.match(await link.getAttribute("rel"), /noreferrer/);
  assert.match(await widget.part("recommendation").first().innerText(), /1492/);
  assert.equal((await widget.call("search", "site's own"))[0].id, id);
  assert.deepEqual(requests, []);
  const asked = page.waitForRequest("**/page/poster.png");
  await widget.element.evaluate((own, key) => { own.overrides = { [key]: { image: "/page/poster.png" } }; }, id);
  assert.equal((await (await asked).allHeaders()).referer, undefined, "a server that has an image does not hear on which page");
  assert.equal((await widget.list())[0].title, title, "an image that does not load leaves the title");
});

test("hostile words of the site stay words", async () => {
  const { page, widget, problems } = await openReady(element());
  const [{ item: { id } }] = await widget.call("recommend", 1);
  await widget.element.evaluate((own, key) => {
    own.overrides = { [key]: { title: "<img src=x onerror=alert(1)>", href: "javascript:alert(1)" } };
  }, id);
  await eventually(async () => (await widget.list())[0].title, "<img src=x onerror=alert(1)>");
  const links = await widget.part("recommendation").first().getByRole("link").evaluateAll((all) => all.map(({ protocol }) => protocol));
  assert.deepEqual(links.filter((protocol) => protocol === "javascript:"), []);
  assert.deepEqual(problems, []);
  assert.equal(await page.evaluate(() => document.querySelectorAll("img").length), 0);
});

test("renderTile draws tiles in the page's own document; null keeps the poster", async () => {
  const { widget } = await openReady(element("tiles=4"));
  await widget.element.evaluate((own) => {
    let drawn = 0;
    own.renderTile = ({ title }, { mode }) => {
      if (++drawn > 2) return null;
      const card = document.createElement("b");
      card.className = "card";
      card.textContent = `${mode}: ${title}`;
      return card;
    };
  });
  await eventually(() => widget.element.locator("b.card").count(), 2);
  const titles = await widget.titles();
  const card = widget.element.locator("b.card").first();
  assert.equal(await card.isVisible(), true);
  assert.match(await card.textContent(), /^rate: ./);
  await widget.answer("Like");
  assert.equal(titles.length > 0 && (await widget.answers()).length, 1);
  await widget.others();
  await eventually(() => widget.element.locator("b.card").count(), 0, "tiles that are gone are gone from the page");
});

test("a template in the slot `tile` is filled in for each item", async () => {
  const template = '<template slot="tile"><i class="own"><span data-field="title"></span> (<span data-field="year"></span>)</i></template>';
  const { widget } = await openReady(element("tiles=3 mode=pick", template));
  const cards = widget.element.locator("i.own");
  await eventually(() => cards.count(), 3);
  for (const text of await cards.allTextContents()) assert.match(text, /^.+ \(\d{4}\)$/);
  await widget.tiles.first().click();
  await widget.heard("answer", 1);
});

test("messages and language: the page's language, the site's own words over it, another at any time", async () => {
  site.language = 'lang="de-AT"';
  const { page, widget } = await openReady(element());
  const heading = () => widget.part("heading").innerText();
  const german = await heading();
  assert.notEqual(german, "Which of these do you know?");
  await widget.element.evaluate((own) => { own.messages = { heading: "Na, was davon kennst du?" }; });
  await eventually(heading, "Na, was davon kennst du?");
  await widget.element.evaluate((own) => { own.messages = {}; });
  await eventually(heading, german);
  await widget.element.evaluate((own) => own.setAttribute("lang", "en"));
  await eventually(heading, "Which of these do you know?");
  await widget.element.evaluate((own) => own.setAttribute("lang", "xx-klingon"));
  await eventually(heading, "Which of these do you know?");
  assert.equal(await page.evaluate(() => document.documentElement.lang), "de-AT");
});

test("every attribute is a property of the same name, and makes sense of nonsense", async () => {
  const { widget } = await openReady(element("goal=-3 tiles=2.5 min=x mode=nonsense rating=wild submit=all loading=soon"));
  const defaults = {
    goal: 5, tiles: 9, min: 3, mode: "rate", rating: "like", submit: "none", loading: "eager", rows: 8, related: 3, variety: 0.2, explore: 0,
    disabled: false, required: false, worker: false, remember: null, images: null, name: "",
  };
  const read = await widget.element.evaluate((own, names) => names.map((name) => [name, own[name]]), Object.keys(defaults));
  assert.deepEqual(Object.fromEntries(read), defaults);
  await widget.element.evaluate((own) => Object.assign(own, { goal: 2, tiles: 4, rows: 3, mode: "pick", name: "taste", required: true }));
  await eventually(async () => (await widget.titles()).length, 4);
  await eventually(async () => (await widget.list()).length, 3);
  assert.equal(await widget.element.getAttribute("mode"), "pick");
});

test("a bundle trained on picks is picked from, unless the page says otherwise", async () => {
  for (const [attributes, mode] of [["", "pick"], ["mode=rate", "rate"], ["mode=nonsense", "pick"]]) {
    const { widget, problems } = await openReady(element(attributes).replace("/films", "/picks"));
    assert.equal(await widget.element.evaluate((own) => own.mode), mode);
    await widget.answer(mode === "pick" ? undefined : "Like");
    assert.deepEqual((await widget.answers()).map(([, value]) => value), ["like"]);
    assert.deepEqual(problems, []);
  }
});
