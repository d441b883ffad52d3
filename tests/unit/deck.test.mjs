/** The deck of items to ask about, over a model that has ten questions in a fixed order. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Deck } from "../../pkg/session/deck.js";

const ITEMS = Array.from("abcdefghij", (id) => ({ id, title: id, fields: {} }));

/** @param {string[]} answered ids that are no questions any more */
function deck(answered = []) {
  const questions = (count, excluded) => ITEMS.filter(({ id }) => !excluded.includes(id) && !answered.includes(id)).slice(0, count);
  const own = new Deck({ questions });
  const ids = (items) => items.map(({ id }) => id).join("");
  return { draw: (count, shown) => ids(own.draw(count, [...shown])), others: (count, shown) => ids(own.others(count, [...shown])) };
}

test("what is on the wall is not drawn again", () => {
  const { draw } = deck();
  assert.equal(draw(3, ""), "abc");
  assert.equal(draw(2, "abc"), "de");
});

test("others come in place of all that is on the wall, and no draw brings those back while there are more", () => {
  const { draw, others } = deck();
  assert.equal(others(3, "abc"), "def");
  assert.equal(others(3, "def"), "ghi");
  assert.equal(draw(1, "ghi"), "j");
});

test("when there are no more, the deferred items come again, none of them twice at a time", () => {
  const { draw, others } = deck();
  assert.equal(others(4, "abcd"), "efgh");
  assert.equal(others(4, "efgh"), "ijab", "two are left, the others are deferred ones");
  assert.equal(draw(2, "ijab"), "cd");
  assert.equal(others(4, "ijab"), "cdef", "the round begins anew");
});

test("fewer than asked for only where all are answered or on the wall", () => {
  const { draw, others } = deck([..."bcdefghij"]);
  assert.equal(draw(3, ""), "a");
  assert.equal(draw(3, "a"), "");
  assert.equal(others(3, "a"), "a", "the only one comes again");
});
