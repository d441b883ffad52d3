/** Narrow screens, touch targets, screen readers: what axe-core does not check. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { keyboard, touch } from "./hands.mjs";
import { element, FALLBACK, form } from "./markup.mjs";
import { missing } from "./site.mjs";
import { stage } from "./stage.mjs";
import { STATES } from "./states.mjs";
import { eventually } from "./widget.mjs";

const { site, open, openReady } = stage();

/** The smallest height of a touch target, in pixels. */
const TARGET = 44;

for (const state of ["ready", "editor", "search", "skipped", "failed", "picked", "stars", "list"]) {
  test(`${state}, 320 px wide: the page does not scroll sideways, nothing sticks out, every target is ${TARGET} px high`, async () => {
    const { attributes, fault, reach } = STATES[state];
    if (fault) site.faults.set(/films\/manifest/, missing);
    const { page, widget } = await open(form(attributes, FALLBACK), { viewport: { width: 320, height: 800 } });
    await (fault ? widget.heard("error", 1) : widget.ready());
    await reach?.(widget);
    assert.ok(await page.evaluate(() => document.scrollingElement.scrollWidth) <= 320);
    const { low, out } = await widget.element.evaluate((own, least) => {
      const seen = [...own.shadowRoot.querySelectorAll("button, input, select, [role=option]")].filter((node) => node.checkVisibility());
      const name = (node) => `${node.part} ${node.textContent}`;
      const scrolls = (node) => node.closest("[part~=tiles]");
      return {
        low: seen.filter((node) => node.getBoundingClientRect().height < least - 0.5).map(name),
        out: seen.filter((node) => !scrolls(node) && node.getBoundingClientRect().right > innerWidth).map(name),
      };
    }, TARGET);
    assert.deepEqual({ low, out }, { low: [], out: [] });
  });
}

test("the words of an answer stay away from the edges of its button, at any width and in any language", async () => {
  const { page, widget } = await open("");
  for (const lang of ["en", "de", "ar", "ko", "ja"]) {
    site.language = `lang="${lang}"`;
    site.body = element();
    await page.reload();
    await widget.ready();
    for (const width of [320, 390, 768, 1024, 1280, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      const distances = await widget.part("unknown").evaluateAll((buttons) => buttons.map((button) => {
        const words = document.createRange();
        words.selectNodeContents(button);
        const [inner, outer] = [words, button].map((box) => box.getBoundingClientRect());
        return Math.min(inner.left - outer.left, outer.right - inner.right);
      }));
      assert.ok(Math.min(...distances) >= 3, `${lang}, ${width} px: ${distances}`);
    }
  }
});

test("texts twice as large still fit: nothing is cut off in a tile", async () => {
  const { page, widget } = await openReady(element());
  await page.evaluate(() => { document.documentElement.style.fontSize = "200%"; });
  assert.ok(await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth));
  const cut = await widget.tiles.getByRole("button").evaluateAll((buttons) => buttons
    .filter((button) => button.scrollWidth > button.clientWidth + 1 || button.scrollHeight > button.clientHeight + 1)
    .map((button) => button.ariaLabel));
  assert.deepEqual(cut, []);
});

test("what happens is announced, politely and in words", async () => {
  const { widget } = await openReady(element("goal=2"), { hand: keyboard });
  const status = widget.element.locator("[role=status]").last();
  const announced = (text) => eventually(async () => text.test(await status.textContent()), true, String(text));
  const title = await widget.answer("Like");
  await announced(new RegExp(`^Liked ${title}\\. 1 of 2 answered.*Recommendations updated\\.`));
  await widget.undo();
  await announced(new RegExp(`^Took back ${title}\\.`));
  await widget.others();
  await announced(/^9 other titles\./);
  await widget.answer("Dislike");
  await widget.press(widget.button("Start over"));
  await announced(/^All answers taken back\./);
  await widget.undo();
  await announced(/^Your answers are back\./);
  const bar = widget.element.getByRole("progressbar");
  assert.match(await bar.getAttribute("aria-valuetext"), /^1 of 2 answered/);
});

test("a finger can scroll the page over the wall, and a scroll answers nothing", async () => {
  const { page, context, widget } = await openReady(element(), { hand: touch });
  const devtools = await context.newCDPSession(page);
  const drag = (type, touchPoints) => devtools.send("Input.dispatchTouchEvent", { type, touchPoints });
  const { x, y, height } = await widget.tiles.first().boundingBox();
  const at = (share) => [{ x: x + 60, y: y + height * (1 - share) }];
  await drag("touchStart", at(0));
  for (let step = 1; step <= 10; step++) await drag("touchMove", at(step / 10));
  await drag("touchEnd", []);
  await eventually(() => page.evaluate(() => scrollY > 50), true);
  assert.deepEqual(await widget.answers(), []);
});

for (const title of ["<h2 slot=title>Which of these?</h2>", "<p slot=title>Which of these?</p>", "<span slot=title>Which of these?</span>"]) {
  test(`a heading of the page's own leaves no gap: ${title}`, async () => {
    const { widget } = await openReady(element("", title));
    const [lead, heading, slotted] = await widget.element.evaluate((own) => {
      const box = (node) => node.getBoundingClientRect();
      const shadow = own.shadowRoot;
      return [box(shadow.querySelector(".lead")), box(shadow.querySelector("h2")), box(own.querySelector("[slot=title]"))].map(({ top, height }) => ({ top, height }));
    });
    assert.ok(slotted.top - lead.top < 4, `${slotted.top - lead.top} px above the words`);
    assert.ok(heading.height - slotted.height < 4, `${heading.height} px for words of ${slotted.height}`);
  });
}
