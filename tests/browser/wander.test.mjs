/** Wandering through a catalogue: a pick unfolds items like it, and one press passes a whole wall. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { keyboard } from "./hands.mjs";
import { element } from "./markup.mjs";
import { stage } from "./stage.mjs";
import { eventually } from "./widget.mjs";

const { openReady } = stage();

/** Return the title and the position of each tile, in reading order. */
const placed = (widget) => widget.tiles.evaluateAll((tiles) => tiles.map((tile) => {
  const { left, top } = tile.getBoundingClientRect();
  return { title: tile.querySelector("[part~=tile-title]").textContent, left: left + scrollX, top: top + scrollY };
}));

for (const worker of ["", "worker"]) {
  test(`a pick unfolds three items below its row, and nothing above or beside it moves${worker && ", in a worker"}`, async () => {
    const { widget, requests, problems } = await openReady(element(`mode=pick ${worker}`));
    const before = await placed(widget);
    requests.length = 0;
    await widget.answer(undefined, before[4].title);
    await eventually(() => widget.tiles.count(), 12);
    const after = await placed(widget);
    assert.deepEqual(after.slice(0, 6), before.slice(0, 6), "the picked tile's row and the rows above stay");
    assert.deepEqual(after.slice(9).map(({ title }) => title), before.slice(6).map(({ title }) => title));
    assert.equal(new Set(after.map(({ title }) => title)).size, 12, "none is there twice");
    const status = widget.element.locator("[role=status]").last();
    await eventually(async () => /Recommendations updated\. 3 more like it\.$/.test(await status.textContent()), true);
    assert.deepEqual([requests, problems], [[], []], "no request");
  });
}

test("what a pick unfolds is like it", async () => {
  const { widget } = await openReady(element("mode=pick tiles=24"));
  const genres = (titles) => widget.element.evaluate(async (own, names) => {
    const all = await Promise.all(names.map((name) => own.search(name, 60)));
    return all.map((found, index) => found.find(({ title }) => title === names[index]).fields.genre);
  }, titles);
  const shared = [];
  for (const index of [0, 3, 6]) {
    const before = await widget.titles();
    const picked = (await widget.open())[index];
    await widget.answer(undefined, picked);
    await eventually(() => widget.tiles.count(), before.length + 3);
    const [own, ...others] = await genres([picked, ...(await widget.titles()).filter((title) => !before.includes(title))]);
    shared.push(...others.map((other) => other.some((genre) => own.includes(genre))));
  }
  assert.ok(shared.filter(Boolean).length >= 6, `${shared.filter(Boolean).length} of 9 share a genre`);
});

test("a pick taken back takes along what it has unfolded, but for what was picked of it; the focus stays", async () => {
  const { page, widget } = await openReady(element("mode=pick"), { hand: keyboard });
  const before = await widget.titles();
  await widget.answer(undefined, before[0]);
  await eventually(() => widget.tiles.count(), 12);
  const [child] = (await widget.titles()).filter((title) => !before.includes(title));
  await widget.answer(undefined, child);
  await eventually(() => widget.tiles.count(), 15);
  await widget.press(widget.tile(before[0]));
  await eventually(() => widget.tiles.count(), 13);
  assert.deepEqual(await widget.answers(), [[child, "like"]]);
  const focused = await page.evaluate(() => document.querySelector("few-clicks").shadowRoot.activeElement.querySelector("[part~=tile-title]").textContent);
  assert.equal(focused, before[0]);
  await widget.press(widget.button("Start over"));
  await eventually(async () => (await widget.titles()).filter((title) => before.includes(title)).length, 9, "the first wall is whole");
});

test("with related=0 a pick unfolds nothing, and rating never does", async () => {
  for (const attributes of ["mode=pick related=0", "related=5"]) {
    const { widget } = await openReady(element(attributes));
    await widget.answer(attributes.startsWith("mode") ? undefined : "Like");
    assert.equal(await widget.tiles.count(), 9, attributes);
  }
});

for (const mode of ["rate", "pick"]) {
  test(`${mode}: "None of these" passes a wall without an answer; once a tile is pressed the button shows others`, async () => {
    const { widget } = await openReady(element(`mode=${mode}`), { hand: keyboard });
    const first = await widget.titles();
    await widget.answer(mode === "pick" ? undefined : "Like");
    await widget.button("Show me others").waitFor();
    await widget.undo();
    await widget.others();
    const second = await widget.titles();
    await widget.hand.press(widget.button("None of these"));
    await eventually(async () => (await widget.titles()).some((title) => second.includes(title)), false);
    assert.deepEqual(await widget.answers(), [], "passing a wall is no answer");
    const third = await widget.titles();
    assert.equal(new Set([...first, ...second, ...third]).size, first.length + second.length + third.length, "no item comes twice");
  });
}
