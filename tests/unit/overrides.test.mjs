/** The site's own words and images over those of the catalogue. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { applyOverride, showItems } from "../../pkg/overrides.js";

const HEAT = { id: "heat", title: "Heat", fields: { year: ["1995"], poster: ["/heat.avif"] } };

test("an item without an override is shown as it is, and without an image unless the site names the field", () => {
  assert.deepEqual(applyOverride(HEAT, {}, null), { ...HEAT, image: undefined });
  assert.equal(applyOverride(HEAT, {}, "poster").image, "/heat.avif");
  assert.equal(applyOverride(HEAT, {}, "cover").image, undefined);
});

test("an override replaces the title and single fields, adds an address, and has the first word on the image", () => {
  const override = { title: "Heat (1995)", fields: { year: ["95"] }, href: "/films/heat", image: "/own.avif" };
  assert.deepEqual(applyOverride(HEAT, { heat: override }, "poster"), {
    id: "heat", title: "Heat (1995)", fields: { year: ["95"], poster: ["/heat.avif"] }, href: "/films/heat", image: "/own.avif",
  });
});

test("no override changes an id, and none comes from the prototype of the object", () => {
  assert.equal(applyOverride(HEAT, { heat: { id: "other" } }, null).id, "heat");
  assert.equal(applyOverride(HEAT, Object.create({ heat: { title: "Inherited" } }), null).title, "Heat");
});

test("the items of an answer, and of a recommendation with its reason, are shown so", () => {
  const show = (item) => ({ ...item, title: item.title.toUpperCase() });
  assert.equal(showItems({ item: HEAT, value: "like" }, show).item.title, "HEAT");
  const shown = showItems({ item: HEAT, score: 4, because: { item: HEAT, value: "like", influence: 1 } }, show);
  assert.deepEqual([shown.item.title, shown.because.item.title, shown.because.influence], ["HEAT", "HEAT", 1]);
  assert.equal(showItems({ item: HEAT, score: 4, because: null }, show).because, null);
  const { reasons, others } = showItems({ item: HEAT, reasons: [{ item: HEAT }], others: [{ item: HEAT }] }, show);
  assert.deepEqual([reasons[0].item.title, others[0].item.title], ["HEAT", "HEAT"]);
});
