/** The demo page from end to end, as `cargo xtask demo` serves it. */
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { bundle, launch, openPage, serve } from "./harness.mjs";
import { Signup } from "./signup.mjs";

let server;
let browser;

before(async () => { server = await serve(bundle("demo")); });
after(() => server?.stop());

// A profile for each test, so that none finds what another has left.
beforeEach(async () => { browser = await launch(); });
afterEach(() => browser?.close());

/** What this origin has left on the visitor's machine. */
const kept = async (page) => ({
  storage: await page.evaluate(() => localStorage.length + sessionStorage.length),
  databases: await page.evaluate(async () => (await indexedDB.databases()).length),
  cookies: (await page.context().cookies()).length,
});
const NOTHING = { storage: 0, databases: 0, cookies: 0 };

test("every answer changes the recommendations, undo changes them back, and nothing leaves the page", async () => {
  const { page, response, requests, problems } = await openPage(browser.context, server.address);
  const policy = response.headers()["content-security-policy"];
  assert.match(policy, /script-src 'self' 'wasm-unsafe-eval'(;|$)/, "the page is served with the strict policy");

  const signup = new Signup(page);
  await signup.ready();
  await browser.context.setOffline(true);
  requests.length = 0;

  const answers = [
    () => signup.click("Like"),
    () => signup.press("Like", "Enter"),
    () => signup.click("Dislike"),
    () => signup.press("Dislike", "Space"),
    () => signup.click("Like"),
  ];
  const lists = [await signup.recommendations()];
  const asked = [];
  for (const answer of answers) {
    asked.push(await answer());
    const list = await signup.recommendations();
    assert.notDeepEqual(list, lists.at(-1), `answering ${asked.at(-1)} changes what is recommended`);
    assert.ok(!list.some(({ title }) => asked.includes(title)), "what was answered is not recommended");
    assert.equal(await signup.count(), asked.length);
    lists.push(list);
  }
  assert.equal(new Set(asked).size, answers.length, "five different items were asked");
  assert.ok(lists.at(-1).some(({ because }) => because), "a recommendation says why");

  for (const expected of lists.slice(0, -1).reverse()) {
    await signup.undo();
    assert.deepEqual(await signup.recommendations(), expected, "undo brings the list before back, exactly");
  }

  assert.deepEqual(requests, [], "no request after loading");
  assert.deepEqual(problems, [], "no error, and nothing refused by the policy");
  assert.deepEqual(await kept(page), NOTHING, "without `remember` nothing is kept");
});

test("without remember a reload begins afresh", async () => {
  const { page } = await openPage(browser.context, server.address);
  const signup = new Signup(page);
  await signup.ready();
  await signup.click("Like");
  assert.equal(await signup.count(), 1);
  await page.reload();
  await signup.ready();
  assert.equal(await signup.count(), 0);
  assert.deepEqual(await kept(page), NOTHING);
});

test("with remember a reload restores the answers, and starting over forgets them", async () => {
  const { page, problems } = await openPage(browser.context, `${server.address}?remember`);
  const signup = new Signup(page);
  await signup.ready();
  for (const label of ["Like", "Dislike", "Like"]) await signup.click(label);
  const before = { answers: await signup.answered(), recommendations: await signup.recommendations() };
  assert.equal(before.answers.length, 3);

  await page.reload();
  await signup.ready();
  const after = { answers: await signup.answered(), recommendations: await signup.recommendations() };
  assert.deepEqual(after, before, "answers and recommendations are as before");
  assert.deepEqual(await kept(page), { ...NOTHING, storage: 1 }, "one entry of local storage holds them");

  await signup.element.getByRole("button", { name: "Start over" }).click();
  assert.equal(await signup.count(), 0);
  assert.deepEqual(await kept(page), NOTHING);
  assert.deepEqual(problems, []);
});

test("age and company change the recommendations and change them back, and are kept nowhere", async () => {
  const { page, problems } = await openPage(browser.context, `${server.address}?remember`);
  const signup = new Signup(page);
  await signup.ready();
  const unknown = await signup.recommendations();
  for (const field of ["Age", "You mostly watch"]) {
    const values = await page.getByLabel(field).locator("option").all();
    assert.ok(values.length > 2, `${field} offers what the bundle knows`);
    await page.getByLabel(field).selectOption({ index: 1 });
    assert.notDeepEqual(await signup.recommendations(), unknown, `${field} makes another first guess`);
    await signup.click("Like");
    const [state] = await page.evaluate(() => Object.values(localStorage).map((text) => JSON.parse(text)));
    assert.deepEqual(state.user, {}, "only answers are kept");
    await signup.undo();
    await page.getByLabel(field).selectOption({ index: 0 });
    assert.deepEqual(await signup.recommendations(), unknown, `without ${field} the list is as before`);
  }
  assert.deepEqual(problems, []);
});
