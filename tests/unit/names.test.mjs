/** The search by title. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Names } from "../../pkg/session/names.js";

const names = (...titles) => new Names(titles.map((title, index) => ({ id: String(index), title, fields: {} })));
const titles = (items) => items.map(({ title }) => title);

test("the text itself comes first, then what begins with it, then what has such a word, then the rest", () => {
  const found = names("Preheated", "The Heat Wave", "Heat Wave", "Heat").search("heat", 9);
  assert.deepEqual(titles(found), ["Heat", "Heat Wave", "The Heat Wave", "Preheated"]);
});

test("equal matches stay in the order in which they were given", () => {
  assert.deepEqual(titles(names("Blue Two", "Blue One").search("blue", 9)), ["Blue Two", "Blue One"]);
});

test("all words are needed, in any order, and the last may be unfinished", () => {
  const catalogue = names("The Wizard of Oz", "The Wizard");
  assert.deepEqual(titles(catalogue.search("oz wiz", 9)), ["The Wizard of Oz"]);
  assert.deepEqual(titles(catalogue.search("wizard x", 9)), []);
});

test("case and accents are ignored, on both sides", () => {
  const catalogue = names("Amélie", "PONYO");
  assert.deepEqual(titles(catalogue.search("AMELIE", 9)), ["Amélie"]);
  assert.deepEqual(titles(catalogue.search("pönyo", 9)), ["PONYO"]);
});

test("a Hangul syllable is found while it is typed", () => {
  assert.deepEqual(titles(names("괴물", "기생충").search("기새", 9)), ["기생충"]);
});

test("no more than the limit; nothing for no words", () => {
  assert.equal(names("Up", "Up Up", "Up Again").search("up", 2).length, 2);
  assert.deepEqual(names("Up").search("  ", 9), []);
});
