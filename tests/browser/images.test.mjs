/** Posters: colours that tell neighbours apart, and images shown whole with words and controls below them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { element } from "./markup.mjs";
import { stage } from "./stage.mjs";
import { eventually } from "./widget.mjs";

const { open, openReady } = stage();

const svg = (width, height) =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="teal"/></svg>`)}`;

/** Give every item an image. */
const picture = (widget, src) => widget.element.evaluate(async (own, image) => {
  const ids = (await Promise.all("abcdefghijklmnopqrstuvwxyz0123456789".split("").map((letter) => own.search(letter, 1000)))).flat().map(({ id }) => id);
  own.overrides = Object.fromEntries(ids.map((id) => [id, { image }]));
}, src);

const loaded = (widget) => eventually(() => widget.element.evaluate((own) =>
  [...own.shadowRoot.querySelectorAll("[part~=tile] [part~=image]")].filter(({ complete, naturalWidth }) => complete && naturalWidth > 0).length >= 3), true);

const boxes = (widget) => widget.tiles.evaluateAll((tiles) => tiles.map((tile) => {
  const box = (selector) => {
    const { left, top, width, height } = tile.querySelector(selector).getBoundingClientRect();
    return { left, top, width, height, bottom: top + height };
  };
  const controls = tile.querySelector("[part~=controls]");
  return { height: tile.getBoundingClientRect().height, image: box("[part~=image]"), title: box("[part~=tile-title]"), controls: controls && box("[part~=controls]") };
}));

for (const attributes of ["", "mode=pick", "rating=stars"]) {
  for (const [ratio, expected] of [["", 2 / 3], ["16 / 9", 16 / 9]]) {
    test(`images are shown whole in ${ratio || "2 / 3"}, words and controls below them, and all tiles are as high (${attributes || "rate"})`, async () => {
      const { widget } = await openReady(element(attributes));
      await widget.element.evaluate((own, value) => value && own.style.setProperty("--few-clicks-image-ratio", value), ratio);
      await picture(widget, svg(200, 300));
      await loaded(widget);
      const all = await boxes(widget);
      for (const { image, title, controls, height } of all) {
        assert.ok(Math.abs(image.width / image.height - expected) < 0.02, `${image.width} × ${image.height}`);
        assert.ok(title.top >= image.bottom, "the title is below");
        if (controls) assert.ok(controls.top >= title.bottom, "the controls are below");
        assert.ok(Math.abs(height - all[0].height) < 1);
      }
      const fit = await widget.part("image").first().evaluate((image) => getComputedStyle(image).objectFit);
      assert.equal(fit, "contain", "an image of another ratio is not cropped");
    });
  }
}

test("nothing moves when an image arrives, or does not", async () => {
  const { widget } = await openReady(element());
  await picture(widget, svg(200, 300));
  await loaded(widget);
  const before = await boxes(widget);
  await picture(widget, "/page/missing.png");
  await eventually(() => widget.part("tile").locator("[part~=image]").count(), 0);
  const after = await widget.tiles.evaluateAll((tiles) => tiles.map((tile) => tile.getBoundingClientRect().height));
  assert.deepEqual(after, before.map(({ height }) => height));
});

const looks = (widget) => widget.tiles.evaluateAll((tiles) => tiles.map((tile) => [tile.dataset.tone, getComputedStyle(tile.querySelector("[part~=poster]")).backgroundColor]));

/** Assert that no two tiles have the same colour, and as few as can be the same tone. */
function distinct(all) {
  assert.equal(new Set(all.map(([, colour]) => colour)).size, all.length, JSON.stringify(all));
  const tones = all.map(([tone]) => tone);
  const most = Math.max(...tones.map((tone) => tones.filter((own) => own === tone).length));
  assert.ok(most <= Math.ceil(all.length / 8), `${most} of ${all.length} in one tone`);
}

test("the tiles of a wall have different colours, also when other tiles come", async () => {
  const { widget } = await openReady(element());
  for (let walls = 0; walls < 4; walls++) {
    distinct(await looks(widget));
    await widget.others();
  }
  const before = await widget.titles();
  await widget.answer("Like");
  await eventually(async () => (await widget.titles()).join() !== before.join(), true);
  distinct(await looks(widget));
});

test("what a pick unfolds differs from the wall too, and the list has the colours of the wall", async () => {
  const { widget } = await openReady(element("mode=pick"));
  await widget.answer();
  await eventually(() => widget.tiles.count(), 12);
  distinct(await looks(widget));
  const coloursOf = (part, title) => widget.part(part).evaluateAll((nodes, name) => nodes.map((node) => [
    node.querySelector(`[part~=${name}]`).textContent, node.querySelector("[part~=poster]").dataset.tone,
  ]), title);
  const wall = new Map(await coloursOf("tile", "tile-title"));
  for (const [title, tone] of await coloursOf("recommendation", "recommendation-title")) {
    if (wall.has(title)) assert.equal(tone, wall.get(title), title);
  }
});

test("on a wall of more tiles than colours neighbours differ, also after picks", async () => {
  const { widget } = await openReady(element("mode=pick tiles=18"));
  for (let picks = 0; picks < 3; picks++) {
    const all = (await looks(widget)).map(([, colour]) => colour);
    // In three columns: the next tile, and those below and beside it.
    for (const [index, colour] of all.entries()) assert.ok(!all.slice(index + 1, index + 5).includes(colour), `${index} of ${all.join()}`);
    await widget.answer(undefined, (await widget.open())[picks * 4]);
    await eventually(() => widget.tiles.count(), 21 + 3 * picks);
  }
});

test("blank tiles are as high as those with images", async () => {
  const { widget } = await open(element("images=poster loading=lazy"));
  await widget.ready();
  const height = (await widget.tiles.first().boundingBox()).height;
  const blank = await widget.element.evaluate((own) => {
    const item = document.createElement("li");
    item.className = "skeleton";
    own.shadowRoot.querySelector("[part~=tiles]").append(item);
    return item.getBoundingClientRect().height;
  });
  assert.ok(Math.abs(height - blank) < 16, `${blank} px before, ${height} px after`);
});
