/** The reasons of a list, chosen at once. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Reasons } from "../../pkg/session/reasons.js";

const INFO = { kind: "ratings", model: "halves", scale: { min: 1, max: 5, like: 4.5, dislike: 2 } };

/** Films with one genre each; a third of the catalogue or less has each genre. */
const film = (id, genre) => ({ id, title: id, fields: { genre: [genre], language: ["English"] } });
const CATALOGUE = ["Crime", "War", "Comedy", "Drama"].flatMap((genre) => Array.from({ length: 9 }, (_, i) => film(`${genre}-${i}`, genre)));
const find = (id) => CATALOGUE.find((own) => own.id === id);
const reasons = new Reasons(INFO, CATALOGUE);

/** A row of the list. @param {Record<string, number | [number, unknown]>} influences by the answered item's id, liked where no answer is named */
const row = (id, influences) => ({
  item: find(id), score: 4, because: null,
  reasons: Object.entries(influences).map(([answered, given]) => {
    const [influence, value] = [given, "like"].flat();
    return { item: find(answered), value: Array.isArray(given) ? given[1] : value, influence };
  }).sort((a, b) => b.influence - a.influence),
});
const names = (rows, own = reasons) => own.choose(rows).map(({ because }) => because && (because.others.length > 0 ? because.others.length + 1 : because.item.id));
const eight = (influences) => Array.from({ length: 8 }, (_, i) => row(`Crime-${i}`, influences));

test("of strong influences one that shares a feature is preferred", () => {
  const [{ because }] = reasons.choose([row("Crime-0", { "War-8": 1, "Crime-8": 0.6 })]);
  assert.equal(because.item.id, "Crime-8");
  assert.deepEqual(because.shared, [{ field: "genre", value: "Crime" }], "a language that all have tells nothing");
  assert.deepEqual(names([row("Crime-0", { "War-8": 1, "Crime-8": 0.4 })]), ["War-8"], "a weak influence is no reason beside a strong one");
});

test("no answer is named more than twice in eight rows unless it alone moved them", () => {
  const named = names(eight({ "War-8": 1, "Comedy-8": 0.9, "Drama-8": 0.8, "Crime-8": 0.7, "Crime-7": 0.6 }));
  for (const id of new Set(named)) assert.ok(named.filter((own) => own === id).length <= 2, `${id}: ${named}`);
  assert.equal(new Set(named).size, 5, "the fifth answer is named before one is named a second time");
  assert.deepEqual(names(eight({ "Crime-8": 1 })), Array(8).fill("Crime-8"), "it alone moved them");
});

test("where all are named already several are counted", () => {
  const chosen = reasons.choose(eight({ "Crime-8": 1, "Crime-7": 0.9 }));
  assert.deepEqual(chosen.map(({ because }) => because.others.length), [0, 0, 0, 0, 1, 1, 1, 1]);
  assert.deepEqual(chosen[7].because.shared, [{ field: "genre", value: "Crime" }], "both are of the item's genre");
  const [, , , , , , , last] = reasons.choose(eight({ "War-8": 1, "Comedy-8": [0.9, "dislike"] }));
  assert.equal(last.because.liked, false, "one of them was no like");
});

test("a dislike that moved an item up is named, without what it shares", () => {
  const [{ because }] = reasons.choose([row("Crime-0", { "Crime-8": [1, "dislike"] })]);
  assert.deepEqual([because.item.id, because.liked, because.shared], ["Crime-8", false, []]);
  const [{ because: low }] = reasons.choose([row("Crime-0", { "Crime-8": [1, 2], "War-8": 0.4 })]);
  assert.deepEqual([low.item.id, low.liked], ["Crime-8", false], "a low rating is no like");
});

test("without an influence there is no reason, and ratings must have moved by an eightieth of the scale", () => {
  assert.deepEqual(names([row("Crime-0", {})]), [null]);
  const network = new Reasons({ ...INFO, model: "network" }, CATALOGUE);
  assert.deepEqual(names([row("Crime-0", { "Crime-8": 0.04 }), row("Crime-1", { "Crime-8": 0.06 })], network), [null, "Crime-8"]);
});
