/** The demo pages from end to end, as `cargo xtask demo` serves them. */
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { mouse } from "./hands.mjs";
import { bundle, chrome, launch, made, openPage, serve } from "./harness.mjs";
import { eventually, Widget } from "./widget.mjs";

const heard = fileURLToPath(new URL("page/heard.js", import.meta.url));

let server;
let browser;

before(async () => { server = await serve(bundle("demo")); });
after(() => server?.stop());
beforeEach(async () => {
  browser = await launch();
  await browser.context.addInitScript({ path: heard });
  // Only `cargo xtask demo` makes these in www/.
  const from = (folder) => (route) => route.fulfill({ path: join(folder, basename(new URL(route.request().url()).pathname)) });
  await browser.context.route("**/comics/bundle/*", from(bundle("comics")));
  await browser.context.route("**/visitors.json", from(made("")));
});
afterEach(() => browser?.close());

async function open(path = "") {
  const opened = await openPage(browser.context, `${server.address}${path}`);
  const widget = new Widget(opened.page, mouse);
  await widget.ready();
  await opened.page.waitForLoadState("networkidle");
  return { ...opened, widget };
}

test("a visitor signs up: answers change the list, nothing leaves the page, and the first evenings are the list's", async () => {
  const { page, response, widget, requests, problems } = await open();
  const policy = response.headers()["content-security-policy"];
  assert.match(policy, /script-src 'self' 'wasm-unsafe-eval'(;|$)/, "the page is served with the strict policy");
  await browser.context.setOffline(true);
  requests.length = 0;
  for (const label of ["Like", "Dislike", "Like"]) {
    const before = await widget.list();
    await widget.answer(label);
    assert.notDeepEqual(await widget.list(), before);
  }
  const list = await widget.list();
  await page.getByLabel("Name", { exact: true }).fill("Ada");
  await page.getByLabel("Email", { exact: true }).fill("ada@example.org");
  await page.getByLabel("Password", { exact: true }).fill("a long one");
  await page.getByRole("button", { name: "Start watching" }).click();
  await page.getByRole("heading", { name: "Welcome, Ada." }).waitFor();
  const evenings = await page.locator("#evenings li strong").allTextContents();
  assert.deepEqual(evenings, list.slice(0, evenings.length).map(({ title }) => title));
  assert.deepEqual(requests, [], "no request after loading");
  assert.deepEqual(problems, [], "no error, and nothing refused by the policy");
});

test("age and company change the recommendations and change them back", async () => {
  const { page, widget, problems } = await open();
  const unknown = await widget.list();
  for (const field of ["Age", "You mostly watch"]) {
    assert.ok((await page.getByLabel(field).locator("option").all()).length > 2, `${field} offers what the bundle knows`);
    await page.getByLabel(field).selectOption({ index: 1 });
    const known = async () => JSON.stringify(await widget.list());
    await eventually(async () => (await known()) === JSON.stringify(unknown), false, `${field} makes another first guess`);
    await page.getByLabel(field).selectOption({ index: 0 });
    await eventually(() => widget.list(), unknown, `without ${field} the list is as before`);
  }
  assert.deepEqual(problems, []);
});

test("?mode=pick and ?rating=stars show the other ways to answer", async () => {
  const picking = await open("?mode=pick");
  const title = await picking.widget.answer();
  assert.deepEqual(await picking.widget.answers(), [[title, "like"]]);
  const stars = await open("?rating=stars");
  await stars.widget.answer("4 stars");
  assert.equal(await stars.widget.count(), 1);
  assert.deepEqual([...picking.problems, ...stars.problems], []);
});

test("a reader picks: the form opens after three picks, and the panel says what happened on the device", async () => {
  const { page, widget, requests, problems } = await open("comics/");
  requests.length = 0;
  await page.locator("details.device summary").click();
  for (let picks = 1; picks <= 3; picks++) {
    await page.getByRole("button", { name: "Open my shelf" }).click();
    assert.equal(await page.locator("#shelf").isVisible(), false, `${picks - 1} picks are not enough`);
    await widget.answer();
  }
  const panel = page.locator("details.device");
  const fact = (name) => panel.locator("dl div").filter({ hasText: name }).locator("dd").textContent();
  assert.equal(await fact("Bytes sent since the model was ready"), "0");
  assert.equal(await fact("Picks"), "3");
  const { lossBefore, lossAfter } = await widget.element.evaluate(({ adaptation }) => adaptation);
  assert.ok(lossAfter < lossBefore, `the local update lowers the loss: ${lossBefore} to ${lossAfter}`);
  const shown = await panel.getByRole("table", { name: /by update$/ }).getByRole("row").last().getByRole("cell").allTextContents();
  assert.deepEqual(shown.slice(0, 2), [lossBefore, lossAfter].map((loss) => loss.toFixed(3)));
  assert.deepEqual(requests, []);

  await page.getByRole("button", { name: "Open my shelf" }).click();
  await page.locator("#shelf").waitFor();
  assert.equal(await page.locator("#covers li").count(), 8);
  assert.deepEqual(problems, []);
});

test("two ways of asking start alike, and ask the same visitor side by side", async () => {
  const { page, requests, problems } = await openPage(browser.context, `${server.address}questions.html`);
  const errors = () => page.locator(".figures p:first-child strong").allTextContents();
  const questions = () => page.locator(".asked").evaluateAll((lists) => lists.map((list) => list.children.length));
  await page.getByText(/^All 12 visitors/).waitFor();
  const [left, right] = await errors();
  assert.equal(left, right, "before the first question both are as far off");
  requests.length = 0;
  for (let asked = 1; asked <= 5; asked++) {
    await page.getByRole("button", { name: "Next question" }).click();
    assert.deepEqual(await questions(), [asked, asked]);
  }
  const [, popular, evidence] = await page.locator("#averages").getByRole("table").getByRole("row").evaluateAll((rows) =>
    rows.map((row) => [...row.children].map((cell) => cell.textContent)));
  assert.equal(popular[1], evidence[1], "the averages start alike, too");
  assert.notDeepEqual(popular.slice(2), evidence.slice(2));
  await page.getByRole("button", { name: "Another visitor" }).click();
  assert.deepEqual(await questions(), [0, 0]);
  assert.deepEqual(requests, []);
  assert.deepEqual(problems, []);
});

for (const path of ["", "comics/"]) {
  test(`the questions come first on a phone, and nothing is wider than the screen: /${path}`, async () => {
    const { page, widget } = await open(path);
    for (const width of [320, 360, 390, 768, 1280]) {
      await page.setViewportSize({ width, height: 844 });
      const [content, top] = await page.evaluate(() => {
        const tile = document.querySelector("few-clicks").shadowRoot.querySelector("[part~=tile]");
        return [document.documentElement.scrollWidth, tile.getBoundingClientRect().top + scrollY];
      });
      assert.ok(content <= width, `${content} px of content on ${width} px`);
      assert.ok(top < 844 - 100, `at ${width} px the first tile begins at ${top} px`);
    }
    assert.ok((await widget.titles()).length >= 9);
  });

  test(`without JavaScript there is no empty space for the questions: /${path}`, async () => {
    const plain = await chrome();
    try {
      const page = await (await plain.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } })).newPage();
      await page.goto(`${server.address}${path}`);
      const { height } = await page.locator("few-clicks").boundingBox();
      const inside = await page.locator("few-clicks fieldset").boundingBox();
      assert.ok(height - inside.height < 60, `${height} px for a fallback of ${inside.height}`);
    } finally {
      await plain.close();
    }
  });
}

test("the welcome page keeps the reasons of the list", async () => {
  const { page, widget } = await open();
  for (const label of ["Like", "Like", "Like"]) await widget.answer(label);
  const reasons = Object.fromEntries((await widget.list()).map(({ title, because }) => [title, because]));
  for (const [label, text] of [["Name", "Ada"], ["Email", "ada@example.org"], ["Password", "a long one"]]) await page.getByLabel(label, { exact: true }).fill(text);
  await page.getByRole("button", { name: "Start watching" }).click();
  await page.getByRole("heading", { name: "Welcome, Ada." }).waitFor();
  const shown = await page.locator("#evenings li").evaluateAll((rows) => rows.map((row) => [row.querySelector("strong").textContent, row.querySelector("small").textContent]));
  assert.ok(shown.some(([, reason]) => reason));
  for (const [title, reason] of shown) assert.ok(reasons[title].startsWith(reason), `${reason} of ${title}`);
});
