/** Picking on the demo page: tap what you like, tap again to take it back. */
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { bundle, launch, openPage, serve } from "./harness.mjs";
import { Picking } from "./picking.mjs";

const TILES = 9;
const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 900 };

let server;
let browser;

before(async () => { server = await serve(bundle("demo")); });
after(() => server?.stop());

beforeEach(async () => { browser = await launch(); });
afterEach(() => browser?.close());

async function open(query = "?mode=pick") {
  const opened = await openPage(browser.context, `${server.address}${query}`);
  return { ...opened, wall: new Picking(opened.page) };
}

for (const viewport of [DESKTOP, PHONE]) {
  test(`by mouse, ${viewport.width} px wide: a tap picks, another takes it back, and nothing moves under the finger`, async () => {
    const { page, wall, requests, problems } = await open();
    await page.setViewportSize(viewport);
    await wall.ready();
    await browser.context.setOffline(true);
    requests.length = 0;
    await page.clock.install();
    const places = await wall.places();
    assert.equal(places.length, TILES);

    const lists = [await wall.recommendations()];
    const order = [4, 0, 8];
    for (const [done, index] of order.entries()) {
      await wall.tap(index);
      const list = await wall.recommendations();
      assert.notDeepEqual(list, lists.at(-1), "a pick changes what is recommended, at once");
      assert.equal(await wall.count(), done + 1);
      assert.deepEqual(await wall.places(), places, "no tile moves");
      lists.push(list);
    }
    await page.clock.fastForward("01:00");
    assert.deepEqual(await wall.places(), places, "and none is replaced later");
    const picks = order.map((index) => places[index].title);
    assert.deepEqual(await wall.told(), picks.map((title) => [title, "like"]), "a pick is a like, and nothing else is an answer");
    assert.deepEqual(await wall.chips(), picks);
    assert.deepEqual(new Set(await wall.picked()), new Set(picks));
    assert.ok(lists.at(-1).some(({ because }) => /^Because you picked /.test(because)), "a recommendation says why");

    await wall.tap(order[2]);
    assert.deepEqual(await wall.recommendations(), lists[2], "tapping again brings the list before back");
    await wall.undo();
    assert.deepEqual(await wall.recommendations(), lists[1]);
    await wall.answers.getByRole("button", { name: `Take back ${picks[0]}` }).click();
    assert.deepEqual(await wall.recommendations(), lists[0]);
    assert.deepEqual([await wall.picked(), await wall.told(), await wall.count()], [[], [], 0]);
    assert.deepEqual(await wall.places(), places);

    assert.deepEqual(requests, [], "no request after loading");
    assert.deepEqual(problems, [], "no error, and nothing refused by the policy");
  });
}

test("by keyboard: Tab and arrows follow the wall, Space and Enter toggle, and the form stays unsent", async () => {
  const { page, wall, problems } = await open();
  await wall.ready();
  // Complete, so that nothing but the element keeps the form from being sent.
  await page.getByLabel("Name").fill("Ada");
  await page.getByLabel("Email").fill("ada@example.org");
  await page.getByLabel("Password").fill("a long one");
  const titles = await wall.titles();

  for (const title of titles) assert.equal(await wall.tabToPoster(), title, "Tab goes in reading order");
  for (const [key, index] of [["ArrowUp", 5], ["ArrowLeft", 4], ["ArrowUp", 1], ["ArrowUp", 1], ["ArrowRight", 2], ["ArrowDown", 5]]) {
    await page.keyboard.press(key);
    assert.equal(await wall.focused(), titles[index], `${key} goes to the poster beside, or stays at the edge`);
  }

  for (const key of ["Space", "Enter"]) {
    await page.keyboard.press(key);
    assert.deepEqual(await wall.picked(), [titles[5]], `${key} picks`);
    await page.keyboard.press(key);
    assert.deepEqual(await wall.picked(), [], `${key} takes back`);
    assert.equal(await wall.focused(), titles[5], "the focus stays");
  }
  for (let held = 0; held < 4; held++) await page.keyboard.down("Enter");
  await page.keyboard.up("Enter");
  assert.deepEqual(await wall.picked(), [titles[5]], "Enter held down picks once");

  await wall.answers.getByRole("button").focus();
  await page.keyboard.press("Enter");
  assert.deepEqual([await wall.picked(), await wall.focused()], [[], titles[0]], "with the last pick taken back the focus is on the wall");
  await wall.button("Show me others").focus();
  await page.keyboard.press("Enter");
  assert.notDeepEqual(await wall.titles(), titles);

  const welcome = page.getByRole("heading", { name: "Welcome, Ada." });
  assert.equal(await welcome.isVisible(), false, "no Enter in the element sent the form");
  await page.getByLabel("Name").press("Enter");
  assert.equal(await welcome.isVisible(), true, "one in the form does");
  assert.deepEqual(problems, []);
});

test("others are dealt without a word about those passed over, and picks outlast them", async () => {
  const { wall } = await open();
  await wall.ready();
  const first = await wall.titles();
  await wall.tap(2);
  const list = await wall.recommendations();
  await wall.button("Show me others").click();
  const others = await wall.titles();
  assert.equal(others.length, TILES);
  assert.deepEqual(others.filter((title) => first.includes(title)), []);
  assert.deepEqual(await wall.told(), [[first[2], "like"]]);
  assert.deepEqual(await wall.chips(), [first[2]]);
  assert.deepEqual(await wall.recommendations(), list, "passing over moves no recommendation");
});

test("starting over clears the wall without dealing it anew, undo and a reload bring the picks back", async () => {
  const { page, wall } = await open("?mode=pick&remember");
  await wall.ready();
  const titles = await wall.titles();
  for (const index of [1, 6]) await wall.tap(index);
  const list = await wall.recommendations();

  await wall.button("Start over").click();
  assert.deepEqual([await wall.titles(), await wall.picked(), await wall.count()], [titles, [], 0]);
  await wall.undo();
  assert.deepEqual([await wall.titles(), await wall.picked()], [titles, [titles[1], titles[6]]]);

  await page.reload();
  await wall.ready();
  assert.deepEqual([await wall.chips(), await wall.recommendations()], [[titles[1], titles[6]], list]);
  assert.ok(!(await wall.titles()).includes(titles[1]), "what is picked already is not offered again");
});

test("a bundle trained on picks is picked from, unless the page says otherwise", async () => {
  const ofPicks = `
    const { get } = Object.getOwnPropertyDescriptor(FewClicks.prototype, "info");
    Object.defineProperty(FewClicks.prototype, "info", { get() { return { ...get.call(this), kind: "picks" }; } });`;
  await browser.context.route("**/pkg/fewclicks.js", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${await response.text()}\n${ofPicks}` });
  });
  const mode = async (query) => {
    const { page } = await open(query);
    await page.locator("few-clicks").getByRole("progressbar").waitFor();
    await page.waitForFunction(() => document.querySelector("few-clicks").info);
    return page.locator("few-clicks").evaluate((element) => element.mode);
  };
  assert.deepEqual([await mode(""), await mode("?mode=rate"), await mode("?mode=nonsense")], ["pick", "rate", "pick"]);
  const { wall } = await open("");
  await wall.ready();
  await wall.tap(0);
  assert.equal((await wall.picked()).length, 1);
});
