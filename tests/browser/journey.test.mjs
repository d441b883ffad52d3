/** All that a visitor can do, with the mouse, with the keyboard alone and with a finger; rating, with stars and picking. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { keyboard, mouse, tabTo, touch } from "./hands.mjs";
import { element } from "./markup.mjs";
import { stage } from "./stage.mjs";
import { eventually } from "./widget.mjs";

const { site, openReady } = stage();

/** The labels for a positive and a negative answer in each mode. A tile that picks is a button itself, and has no negative one. */
const WAYS = {
  rate: { attributes: "goal=3", yes: "Like", no: "Dislike", chip: /: Liked\. Change$/ },
  stars: { attributes: "rating=stars goal=3", yes: "5 stars", no: "1 star", chip: /: 5 stars\. Change$/ },
  pick: { attributes: "mode=pick goal=3" },
};

for (const [way, { attributes, yes, no, chip }] of Object.entries(WAYS)) {
  for (const hand of [mouse, keyboard, touch]) {
    test(`${way}, by ${hand.name}: answer, search, change, undo, others, start over, skip`, async () => {
      const { page, widget, requests, problems } = await openReady(element(attributes), { hand });
      requests.length = site.requests.length = 0;
      const lists = [await widget.list()];
      assert.equal(lists[0].length, 8);

      // Answer what is on the wall.
      const asked = [];
      for (const label of [yes, no]) {
        asked.push(await widget.answer(label));
        const list = await widget.list();
        assert.notDeepEqual(list, lists.at(-1), `answering ${asked.at(-1)} changes what is recommended`);
        assert.ok(!list.some(({ title }) => asked.includes(title)), "what was answered is not recommended");
        lists.push(list);
      }
      assert.equal(await widget.count(), 2);
      assert.ok(lists.at(-1).some(({ because }) => because), "a recommendation says why");

      // Search for what is not.
      const title = await pastTheWall(widget);
      await type(widget, title);
      const option = widget.element.getByRole("option").filter({ has: page.getByText(title, { exact: true }) });
      if (hand === keyboard) {
        await option.waitFor();
        while (await option.getAttribute("aria-selected") !== "true") await page.keyboard.press("ArrowDown");
        await page.keyboard.press("Enter");
      } else {
        await hand.press(option);
      }
      await eventually(() => focusedTile(page), title, "what was found is on the wall, and has the focus");
      await widget.answer(yes, title);
      assert.equal(await widget.count(), 3);
      assert.equal((await widget.told("complete")).length, 1, "the goal is reached");
      lists.push(await widget.list());

      // Change an answer: in the strip, or by another press on the tile.
      if (chip) {
        const chips = widget.strip.getByRole("button", { name: chip });
        await hand.press(chips.first());
        await widget.press(widget.part("editor").getByRole("button", { name: no, exact: true }));
        assert.notDeepEqual(await widget.list(), lists.at(-1));
        await widget.press(widget.part("editor").getByRole("button", { name: yes, exact: true }));
      } else {
        await widget.press(widget.tile(title).first());
        assert.deepEqual(await widget.list(), lists[2], "a second press takes a pick back");
        await widget.press(widget.tile(title).first());
      }
      assert.deepEqual(titlesOf(await widget.list()), titlesOf(lists.at(-1)));

      // Undo, all the way.
      for (const expected of way === "pick" ? lists.slice(0, -1).reverse() : lists.slice(0, 1)) {
        if (way === "pick") await widget.undo();
        else for (let left = 3; left > 0; left--) await widget.undo();
        assert.deepEqual(await widget.list(), expected, "undo brings the list before back, exactly");
      }
      assert.deepEqual(await widget.answers(), []);

      // Others, and starting over, which can be undone.
      await widget.others();
      assert.equal((await widget.titles()).length, 9);
      await widget.answer(yes);
      const answers = await widget.answers();
      await widget.press(widget.button("Start over"));
      assert.deepEqual([await widget.answers(), await widget.count()], [[], 0]);
      await widget.undo();
      assert.deepEqual(await widget.answers(), answers);

      // Skip, and come back.
      await hand.press(widget.button("Skip for now"));
      await eventually(() => widget.is("skipped"), true);
      assert.equal(await widget.wall.isVisible(), false);
      const resume = widget.button(way === "pick" ? "Pick after all" : "Answer after all");
      await hand.press(resume);
      await eventually(() => widget.is("skipped"), false);
      assert.deepEqual(await widget.told("skip"), [{ skipped: true }, { skipped: false }]);
      assert.deepEqual(await widget.answers(), answers);

      assert.deepEqual([requests, site.requests], [[], []], "no request after loading");
      assert.deepEqual(problems, [], "no error, and nothing refused by the policy");
    });
  }
}

test("Tab walks a wall of picks in reading order, arrows go to the tile beside, a key held down picks once", async () => {
  const { page, widget } = await openReady(element("mode=pick"), { hand: keyboard });
  const titles = await widget.titles();
  await tabTo(widget.tiles.first());
  for (const title of titles) {
    assert.equal(await focusedTile(page), title);
    await page.keyboard.press("Tab");
  }
  const tops = await widget.tiles.evaluateAll((tiles) => tiles.map((tile) => tile.getBoundingClientRect().top));
  const columns = tops.filter((top) => top === tops[0]).length;
  await widget.tiles.first().focus();
  for (const [key, index] of [["ArrowRight", 1], ["ArrowDown", 1 + columns], ["ArrowLeft", columns], ["ArrowUp", 0], ["ArrowUp", 0]]) {
    await page.keyboard.press(key);
    assert.equal(await focusedTile(page), titles[index], `${key} goes to the tile beside, or stays at the edge`);
  }
  for (let held = 0; held < 4; held++) await page.keyboard.down("Enter");
  await page.keyboard.up("Enter");
  await eventually(() => widget.answers(), [[titles[0], "like"]]);
});

for (const viewport of [{ width: 390, height: 844 }, { width: 1280, height: 900 }]) {
  test(`${viewport.width} px wide, a wall of picks stays where it is: no tile moves under the finger, none is replaced later`, async () => {
    const { page, widget } = await openReady(element("mode=pick related=0"), { viewport });
    await page.clock.install();
    const places = () => widget.tiles.evaluateAll((tiles) => tiles.map((tile) => {
      const { left, top, width, height } = tile.getBoundingClientRect();
      return [tile.querySelector("[part~=tile-title]").textContent, left + scrollX, top + scrollY, width, height];
    }));
    const before = await places();
    for (const index of [4, 0, 8]) {
      await widget.answer(undefined, before[index][0]);
      assert.deepEqual(await places(), before);
    }
    await page.clock.fastForward("01:00");
    assert.deepEqual(await places(), before);
  });
}

test("a rated tile gives way to another question a moment later, and the focus goes along", async () => {
  const { page, widget } = await openReady(element(), { hand: keyboard });
  const before = await widget.titles();
  const title = await widget.answer("Like");
  await eventually(async () => (await widget.titles()).includes(title), false);
  const after = await widget.titles();
  assert.deepEqual(after.filter((own) => !before.includes(own)).length, 1);
  assert.equal(await focusedTile(page), after[before.indexOf(title)]);
});

test("a rated tile can be undone while it is there", async () => {
  const { widget } = await openReady(element());
  const title = await widget.answer("Like");
  await widget.press(widget.tile(title).first().getByRole("button", { name: "Undo", exact: true }));
  assert.deepEqual(await widget.answers(), []);
  assert.ok((await widget.titles()).includes(title));
});

test("with the last pick taken back in the strip the focus is on the wall", async () => {
  const { page, widget } = await openReady(element("mode=pick"), { hand: keyboard });
  const title = await widget.answer();
  await widget.press(widget.strip.getByRole("button", { name: `Take back ${title}` }));
  assert.equal(await focusedTile(page), (await widget.titles())[0]);
});

test("a search tells what it finds, closes with Escape, and finds nothing quietly", async () => {
  const { page, widget } = await openReady(element(), { hand: keyboard });
  await type(widget, "the");
  const options = widget.element.getByRole("option");
  await options.first().waitFor();
  assert.equal(await widget.search.getAttribute("aria-expanded"), "true");
  await page.keyboard.press("Escape");
  await eventually(() => widget.search.getAttribute("aria-expanded"), "false");
  await widget.search.fill("no film is called this");
  await widget.element.getByText("No title found").first().waitFor();
  assert.equal(await options.count(), 0);
  await page.keyboard.press("Enter");
  assert.deepEqual(await widget.answers(), []);
});

test("a title that is on the wall already is not laid twice", async () => {
  const { page, widget } = await openReady(element());
  const titles = await widget.titles();
  await type(widget, titles[4]);
  await widget.element.getByRole("option").filter({ has: page.getByText(titles[4], { exact: true }) }).click();
  await eventually(() => focusedTile(page), titles[4]);
  assert.equal((await widget.titles()).filter((title) => title === titles[4]).length, 1);
});

test("a catalogue that has been asked through says so", async () => {
  const { widget } = await openReady(element("tiles=4"));
  await widget.element.evaluate((own, few) => { own.filter = ({ title }) => few.includes(title); }, await widget.titles());
  for (let left = 4; left > 0; left--) {
    await eventually(async () => (await widget.open()).length, left);
    await widget.answer("Like");
  }
  await widget.element.getByText("You have been through them all.").waitFor();
  assert.deepEqual(await widget.list(), [], "and nothing is left to recommend");
});

const titlesOf = (list) => list.map(({ title }) => title);

/** Focus the search as the hand does, and type. */
async function type(widget, text) {
  if (widget.hand === keyboard) await tabTo(widget.search);
  else await widget.hand.press(widget.search);
  await widget.page.keyboard.type(text);
}

/** Return a title that only one item has, and that is neither on the wall nor answered. */
async function pastTheWall(widget) {
  const here = new Set([...await widget.titles(), ...(await widget.answers()).map(([title]) => title)]);
  const found = (await widget.call("recommend", 60)).map(({ item }) => item.title);
  return found.find((title) => !here.has(title) && /^[A-Z][\w ]{8,}$/.test(title));
}

/** Return the title of the tile that has the focus, or null. */
function focusedTile(page) {
  return page.evaluate(() => {
    const focused = document.activeElement?.shadowRoot?.activeElement;
    return focused?.closest("[part~=tile]")?.querySelector("[part~=tile-title]")?.textContent ?? null;
  });
}
