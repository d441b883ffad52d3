/** A session, over a model that records what is called. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Session } from "../../pkg/session/session.js";

const items = (ids) => Array.from(ids, (id) => ({ id, title: id, fields: {} }));

function session() {
  const calls = [];
  const record = (name, result) => (...args) => { calls.push([name, ...args]); return result; };
  const model = {
    answer: record("answer"), undo: record("undo", { item: items("a")[0], value: "like" }),
    recommend: record("recommend", ["a recommendation"]), adaptation: () => ({ method: "closed-form", answers: 1, milliseconds: 2 }),
    answers: () => ["an answer"], save: () => ({ version: 1 }),
    candidates: () => items("ca"), items: () => items("abcd"), free: record("free"),
  };
  return { own: new Session(model), calls };
}

test("a change calls the model's method, then recommends, and returns all there is to show", () => {
  const { own, calls } = session();
  const changed = own.change(8, "undo", ["a"]);
  assert.deepEqual(calls, [["undo", "a"], ["recommend", 8]]);
  assert.deepEqual(changed, {
    result: { item: items("a")[0], value: "like" },
    answers: ["an answer"], recommendations: ["a recommendation"],
    adaptation: { method: "closed-form", answers: 1, milliseconds: 2 }, state: { version: 1 },
  });
});

test("without a method nothing is called but what there is to show", () => {
  const { own, calls } = session();
  assert.equal(own.change(3).result, undefined);
  assert.deepEqual(calls, [["recommend", 3]]);
});

test("the catalogue has the candidates first, and every item once", () => {
  assert.deepEqual(session().own.items().map(({ id }) => id).join(""), "cabd");
});

test("closing frees the model", () => {
  const { own, calls } = session();
  own.close();
  assert.deepEqual(calls, [["free"]]);
});
