/** The signup page of the demonstration from end to end, as `cargo xtask demo` serves it. */
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";
import { mouse } from "./hands.mjs";
import { bundle, launch, openPage, serve } from "./harness.mjs";
import { eventually, Widget } from "./widget.mjs";

const heard = fileURLToPath(new URL("page/heard.js", import.meta.url));

let server;
let browser;

before(async () => { server = await serve(bundle("demo")); });
after(() => server?.stop());
beforeEach(async () => {
  browser = await launch();
  await browser.context.addInitScript({ path: heard });
});
afterEach(() => browser?.close());

async function open(query = "") {
  const opened = await openPage(browser.context, `${server.address}${query}`);
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
