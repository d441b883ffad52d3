/** The element in a form: validity, what is sent, reset, disabled, restored. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { keyboard, tabTo } from "./hands.mjs";
import { FALLBACK, form, send, sent } from "./markup.mjs";
import { missing, sendFile } from "./site.mjs";
import { stage } from "./stage.mjs";
import { eventually } from "./widget.mjs";

const { site, open, openReady } = stage();

const validity = (widget) => widget.element.evaluate((element) => ({
  valid: element.validity.valid,
  missing: element.validity.valueMissing,
  message: element.validationMessage,
  matches: element.matches(":valid"),
}));
const VALID = { valid: true, missing: false, message: "", matches: true };

test("required holds the form back until `min` answers, says so, and takes the focus", async () => {
  const { page, widget, problems } = await openReady(form("required min=2"));
  const { message, ...state } = await validity(widget);
  assert.deepEqual(state, { valid: false, missing: true, matches: false });
  assert.match(message, /2/);

  await send(page);
  await eventually(() => widget.holdsFocus(), true, "the focus goes where something is missing");
  await widget.answer("Haven’t seen");
  await widget.answer("Like");
  assert.equal((await validity(widget)).valid, false, "“Haven’t seen” is no answer that counts");
  await widget.answer("Dislike");
  assert.deepEqual(await validity(widget), VALID);
  await widget.undo();
  assert.equal((await validity(widget)).valid, false, "an answer taken back is missing again");
  await send(page);
  assert.equal(site.count(/received/), 0);
  await widget.answer("Like");
  await send(page);
  assert.deepEqual(await sent(page), [["who", "Ada"]]);
  assert.deepEqual(problems, []);
});

test("what is not required holds nothing back, and can be skipped", async () => {
  const { page, widget } = await openReady(form());
  assert.deepEqual(await validity(widget), VALID);
  assert.equal(await widget.button("Skip for now").count(), 1);
  await send(page);
  assert.deepEqual(await sent(page), [["who", "Ada"]]);
});

test("a required element offers no skip; its validity can be asked for", async () => {
  const { page, widget } = await openReady(form("required min=1"));
  assert.equal(await widget.button("Skip for now").count(), 0);
  const asked = await widget.element.evaluate((element) => {
    let invalid = 0;
    element.addEventListener("invalid", () => { invalid += 1; });
    const { willValidate, type } = element;
    const [check, report] = [element.checkValidity(), element.reportValidity()];
    return { check, report, invalid, willValidate, type, form: element.form === document.forms[0] };
  });
  assert.deepEqual(asked, { check: false, report: false, invalid: 2, willValidate: true, type: "few-clicks", form: true });
  assert.equal(await widget.holdsFocus(), true, "reportValidity moves the focus");
  await page.keyboard.press("Tab");
  assert.equal(await widget.focused(), true, "and Tab goes on to what can be pressed");
  await page.evaluate(() => document.querySelector("few-clicks").removeAttribute("required"));
  assert.deepEqual(await validity(widget), VALID, "the attribute may change");
  assert.equal(await widget.button("Skip for now").count(), 1);
});

test("the site may say in its own words what is missing", async () => {
  const { widget } = await openReady(form("required min=2"));
  await widget.element.evaluate((element) => { element.messages = { valueMissing: "Two, please" }; });
  assert.equal((await validity(widget)).message, "Two, please");
});

for (const mode of ["rate", "pick"]) {
  test(`no Enter in the element sends the form (${mode})`, async () => {
    const { page, widget } = await openReady(form(`mode=${mode}`), { hand: keyboard });
    const tile = widget.tiles.first();
    await tabTo(mode === "pick" ? tile : tile.getByRole("button").first());
    await page.keyboard.press("Enter");
    await widget.heard("answer", 1);
    await tabTo(widget.search);
    await page.keyboard.type("zzzz");
    await page.keyboard.press("Enter");
    await widget.search.fill("the");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Enter");
    for (const name of ["Show me others", "Undo last", "Skip for now"]) {
      await tabTo(widget.button(name));
      await page.keyboard.press("Enter");
    }
    assert.equal(site.count(/received/), 0);
    await page.getByLabel("Your name").press("Enter");
    assert.deepEqual(await sent(page), [["who", "Ada"]], "an Enter in the form does");
  });
}

test("submit says what is sent: nothing, the recommendations' ids, or the answers", async () => {
  const { page, widget } = await openReady(form("rows=4"));
  const entries = (submit) => widget.element.evaluate((element, value) => {
    element.submit = value;
    return [...new FormData(element.form)];
  }, submit);
  assert.deepEqual(await entries("answers"), [["who", "Ada"]], "without an answer nothing is sent");
  assert.deepEqual(await entries("recommendations"), [["who", "Ada"]]);
  await widget.answer("Like");
  await widget.answer("Haven’t seen");
  const ids = (await widget.call("recommend")).map(({ item }) => item.id);
  assert.equal(ids.length, 4);
  const answers = await widget.element.evaluate((own) => own.answers.map(({ item, value }) => ({ id: item.id, value })));
  assert.deepEqual(await entries("none"), [["who", "Ada"]]);
  assert.deepEqual(await entries("recommendations"), [["who", "Ada"], ...ids.map((id) => ["taste", id])]);
  assert.deepEqual(await entries("answers"), [["who", "Ada"], ["taste", JSON.stringify(answers)]]);
  await send(page);
  assert.deepEqual(await sent(page), [["who", "Ada"], ["taste", JSON.stringify(answers)]]);
});

test("without a name nothing is sent; the name may come later", async () => {
  const { widget } = await openReady(form("submit=answers").replace('name="taste"', ""));
  await widget.answer("Like");
  const sends = (name) => widget.element.evaluate((element, value) => {
    element.name = value;
    return new FormData(element.form).has(value || "taste");
  }, name);
  assert.deepEqual([await sends(""), await sends("later")], [false, true]);
});

test("what is skipped sends nothing", async () => {
  const { page, widget } = await openReady(form("submit=answers"));
  await widget.button("Skip for now").click();
  await send(page);
  assert.deepEqual(await sent(page), [["who", "Ada"]]);
});

test("a reset of the form takes the answers back, without an event", async () => {
  const { page, widget } = await openReady(form("submit=answers"));
  const first = await widget.list();
  for (const label of ["Like", "Dislike"]) await widget.answer(label);
  const before = (await widget.told()).length;
  await page.getByRole("button", { name: "Clear" }).click();
  await eventually(() => widget.count(), 0);
  await eventually(() => widget.list(), first);
  assert.deepEqual(await widget.answers(), []);
  assert.equal((await widget.told()).length, before);
  assert.equal(await page.evaluate(() => new FormData(document.forms[0]).has("taste")), false);
});

for (const [how, set] of [
  ["its own attribute", (element, on) => { element.disabled = on; }],
  ["a fieldset around it", (element, on) => { element.closest("fieldset").disabled = on; }],
]) {
  test(`disabled by ${how}: nothing can be answered, nothing is sent, nothing is required`, async () => {
    const inside = form("required min=2 submit=answers").replace(/<few-clicks.*<\/few-clicks>/s, "<fieldset>$&</fieldset>");
    const { widget } = await openReady(inside);
    await widget.answer("Like");
    await widget.element.evaluate(set, true);
    assert.equal(await widget.is("disabled"), true);
    const seen = await widget.element.evaluate(({ form: around, willValidate }) =>
      [new FormData(around).has("taste"), willValidate, around.checkValidity()]);
    assert.deepEqual(seen, [false, false, true]);
    const button = widget.tiles.nth(1).getByRole("button", { name: "Like", exact: true });
    await assert.rejects(button.click({ timeout: 300 }), "no press arrives");
    assert.equal((await widget.answers()).length, 1);
    await widget.element.evaluate(set, false);
    assert.equal(await widget.is("disabled"), false);
    await widget.answer("Like");
    assert.equal(await widget.count(), 2);
  });
}

test("going back in the history brings the answers back into the form", async () => {
  const { page, widget } = await openReady(form("submit=answers").replace("post", "get"));
  for (const label of ["Like", "Dislike", "Haven’t seen"]) await widget.answer(label);
  const before = { answers: await widget.answers(), list: await widget.list() };
  await send(page);
  await sent(page);
  await page.goBack();
  await widget.ready();
  await eventually(async () => ({ answers: await widget.answers(), list: await widget.list() }), before);
  assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0, "and nothing is kept for it");
});

test("the fallback's fieldset is disabled while the element loads and works", async () => {
  let release;
  site.faults.set(/films\/manifest/, async (request, response, file) => {
    await new Promise((resolve) => { release = resolve; });
    sendFile(response, file);
  });
  const { page, widget } = await open(form("submit=answers", FALLBACK));
  const entries = () => page.evaluate(() => [...new FormData(document.forms[0])]);
  await eventually(() => widget.is("loading"), true);
  assert.deepEqual(await entries(), [["who", "Ada"]]);
  await eventually(async () => Boolean(release), true);
  release();
  await widget.ready();
  assert.deepEqual(await entries(), [["who", "Ada"]]);
  assert.equal(await page.getByLabel("A film you like").isVisible(), false);
});

test("when the element fails the fallback is shown, enabled and sent, and nothing is required any more", async () => {
  site.faults.set(/films\/manifest/, missing);
  const { page, widget } = await open(form("required submit=answers", FALLBACK));
  await widget.heard("error", 1);
  assert.deepEqual(await validity(widget), VALID);
  await page.getByLabel("A film you like").fill("Ran");
  await send(page);
  assert.deepEqual(await sent(page), [["who", "Ada"], ["favourite", "Ran"]]);
});

test("without JavaScript the fallback is a form like any other", async () => {
  const { page } = await open(form("required submit=answers", FALLBACK), { javaScriptEnabled: false });
  await page.getByLabel("A film you like").fill("Ran");
  await send(page);
  assert.deepEqual(await sent(page), [["who", "Ada"], ["favourite", "Ran"]]);
});

test("a form that cannot be sent says in the page what is missing, until it is not", async () => {
  const { page, widget, problems } = await openReady(form("required min=1"), { viewport: { width: 390, height: 844 } });
  const demand = widget.part("demand");
  assert.equal(await demand.isVisible(), false);
  await send(page);
  assert.equal(await demand.innerText(), "Answer at least 1 title.");
  assert.equal(await demand.getAttribute("role"), "alert");
  const { y } = await demand.boundingBox();
  assert.ok(y >= 0, `it is ${-y} px above the screen`);
  await widget.answer("Like");
  assert.equal(await demand.isVisible(), false);
  await send(page);
  await sent(page);
  assert.deepEqual(problems, []);
});
