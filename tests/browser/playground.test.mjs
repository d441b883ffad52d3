/** The playground: settings, previews and code to paste, on the demo's bundle and on another. */
import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";
import axe from "axe-core";
import { bundle, launch, openPage, serve } from "./harness.mjs";
import { eventually } from "./widget.mjs";

let server;
let browser;

before(async () => { server = await serve(bundle("demo")); });
after(() => server?.stop());
beforeEach(async () => {
  browser = await launch();
  const from = (route) => route.fulfill({ path: join(bundle("comics"), basename(new URL(route.request().url()).pathname)) });
  await browser.context.route("**/comics/bundle/*", from);
});
afterEach(() => browser?.close());

/** Open the playground, and wait until it knows the bundle. */
async function open(query = "") {
  const opened = await openPage(browser.context, `${server.address}playground.html${query}`);
  await opened.page.getByText(/^“.+”: [\d,]+ items/).waitFor();
  await opened.page.getByRole("group", { name: "Details" }).getByRole("checkbox").first().waitFor();
  return opened;
}

const both = (page, read) => page.locator("few-clicks").evaluateAll((elements, source) => elements.map((own) => (0, eval)(`(${source})`)(own)), read.toString());
const code = (page, name) => page.getByRole("button", { name, exact: true }).click().then(() => page.locator("#snippet").textContent());

test("settings change both screens and the code, in HTML, React and Vue, which can be copied", async () => {
  const { page, problems } = await open();
  await page.getByLabel("Goal").fill("7");
  await page.getByLabel("Rating").selectOption("stars");
  await page.getByLabel("more like this").check();
  await page.getByRole("group", { name: "Filters of the list" }).getByLabel("genre").check();
  await page.getByLabel("Heading").fill("Seen?");
  await page.getByLabel("Corners").selectOption("12px");
  await page.getByLabel("Corners").press("Tab");
  const states = await Promise.all(["goal", "rating"].map((name) => page.locator("few-clicks").evaluateAll((elements, key) => elements.map((own) => own[key]), name)));
  assert.deepEqual(states, [[7, 7], ["stars", "stars"]]);
  await eventually(() => page.locator("few-clicks").getByRole("heading", { name: "Seen?" }).count(), 2);
  const html = await code(page, "HTML");
  for (const part of ['bundle="bundle"', 'goal="7"', 'rating="stars"', 'list-actions="more"', 'list-filters="genre"', "--few-clicks-radius: 12px;", '"heading": "Seen?"']) {
    assert.ok(html.includes(part), `${part} in ${html}`);
  }
  const react = await code(page, "React");
  for (const part of ["goal={7}", 'listActions={["more"]}', "messages={messages}", 'rating="stars"']) assert.ok(react.includes(part), `${part} in ${react}`);
  const vue = await code(page, "Vue");
  for (const part of ['goal="7"', ':messages="messages"', "@recommend="]) assert.ok(vue.includes(part), `${part} in ${vue}`);
  await browser.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Copy" }).click();
  await page.getByText("Copied.").waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), vue);
  assert.deepEqual(problems, []);
});

test("the HTML it writes is an element of the same settings", async () => {
  const { page } = await open();
  await page.getByLabel("Mode").selectOption("pick");
  await page.getByLabel("Rows").fill("4");
  await page.getByLabel("Rows").press("Tab");
  const html = await code(page, "HTML");
  const set = await page.evaluate((text) => {
    const own = new DOMParser().parseFromString(text, "text/html").querySelector("few-clicks");
    return Object.fromEntries([...own.attributes].map(({ name, value }) => [name, value]));
  }, html);
  assert.deepEqual(set, { bundle: "bundle", mode: "pick", rows: "4" });
});

test("on another bundle name, mode and fields are the bundle's", async () => {
  const { page, problems } = await open("?bundle=comics/bundle");
  assert.match(await page.locator("#about").textContent(), /learned from picks/);
  assert.deepEqual(await page.locator("few-clicks").evaluateAll((elements) => elements.map(({ mode }) => mode)), ["pick", "pick"]);
  const fields = await page.getByRole("group", { name: "Details" }).getByRole("checkbox").evaluateAll((boxes) => boxes.map(({ value }) => value));
  const known = await page.locator("few-clicks").first().evaluate(async (own) => Object.keys((await own.recommend(1))[0].item.fields));
  assert.ok(known.every((field) => fields.includes(field)), `${fields} of ${known}`);
  const details = await page.locator("few-clicks").first().evaluate((own) => own.details);
  assert.ok(details.length > 0 && details.every((field) => fields.includes(field)), `${details} are fields of the bundle`);
  assert.deepEqual(problems, []);
});

test("language, colours, own words and own tiles are seen in both; what is no JSON says so", async () => {
  const { page, problems } = await open();
  await page.getByLabel("Language").selectOption("ar");
  await eventually(() => page.locator("few-clicks").evaluateAll((elements) => elements.map((own) => getComputedStyle(own).direction)), ["rtl", "rtl"]);
  await page.locator("few-clicks").getByRole("heading", { name: "أيّ هذه الأعمال تعرف؟" }).nth(1).waitFor();
  await page.getByLabel("Language").selectOption("en");
  await page.getByLabel("Accent").fill("#00ff00");
  assert.deepEqual(await page.locator("few-clicks").evaluateAll((elements) => elements.map((own) => own.style.getPropertyValue("--few-clicks-accent"))), ["#00ff00", "#00ff00"]);
  const id = await page.locator("few-clicks").first().evaluate(async (own) => (await own.recommend(1))[0].item.id);
  await page.locator("#overrides").fill("{");
  await page.getByText("No JSON yet").waitFor();
  await page.locator("#overrides").fill(JSON.stringify({ [id]: { title: "Called otherwise" } }));
  await eventually(() => page.locator("few-clicks [part~=recommendation-title]", { hasText: "Called otherwise" }).count(), 2);
  await page.getByLabel("tiles from a template of yours").check();
  await eventually(async () => await page.locator("few-clicks > div > strong").count() >= 18, true);
  assert.deepEqual(problems, []);
});

test("a bundle that is not there says so, and its address can be changed", async () => {
  const { page } = await openPage(browser.context, `${server.address}playground.html?bundle=nowhere`);
  await page.getByText(/The bundle could not be loaded: .*nowhere/).waitFor();
  await page.getByLabel("Address of its folder").fill("bundle");
  await page.getByRole("button", { name: "Load", exact: true }).click();
  await page.getByText(/^“.+”: [\d,]+ items/).waitFor();
});

for (const width of [390, 1280]) {
  test(`${width} px wide: nothing sticks out, and axe-core finds nothing`, async () => {
    const { page } = await open();
    await page.setViewportSize({ width, height: 900 });
    await page.waitForTimeout(500);
    assert.ok(await page.evaluate(() => document.scrollingElement.scrollWidth) <= width);
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() => globalThis.axe.run({ runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] }, resultTypes: ["violations"] }));
    assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target.flat().join(" ")).slice(0, 3)]), []);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/playground-${width}.png`, fullPage: true });
  });
}
