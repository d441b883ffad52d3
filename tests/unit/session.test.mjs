/** A session, over a model that records what is called. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Session } from "../../pkg/session/session.js";

const items = (ids) => Array.from(ids, (id) => ({ id, title: id, fields: {} }));

const recommendation = { item: items("b")[0], score: 1, because: null, reasons: [] };
const LIST = { count: 8, variety: 0.5 };
const recommended = ["recommend", 8, { variety: 0.5 }];

function session() {
  const calls = [];
  const record = (name, result) => (...args) => { calls.push([name, ...args]); return result; };
  const model = {
    answer: record("answer"), undo: record("undo", { item: items("a")[0], value: "like" }),
    recommend: record("recommend", [recommendation]), adaptation: () => ({ method: "closed-form", answers: 1, milliseconds: 2 }),
    answers: () => ["an answer"], save: () => ({ version: 1 }),
    info: { kind: "ratings", model: "halves", scale: { min: 1, max: 5, like: 4.5, dislike: 2 } },
    candidates: () => items("ca"), items: () => items("abcd"), free: record("free"),
  };
  return { own: new Session(model), calls };
}

test("a change calls the model's method, then recommends, and returns all there is to show", () => {
  const { own, calls } = session();
  const changed = own.change(LIST, "undo", ["a"]);
  assert.deepEqual(calls, [["undo", "a"], recommended]);
  assert.deepEqual(changed, {
    result: { item: items("a")[0], value: "like" },
    answers: ["an answer"], recommendations: [recommendation],
    adaptation: { method: "closed-form", answers: 1, milliseconds: 2 }, state: { version: 1 },
  });
});

test("without a method nothing is called but what there is to show", () => {
  const { own, calls } = session();
  assert.equal(own.change(LIST).result, undefined);
  assert.deepEqual(calls, [recommended]);
});

test("related items are those of a session with one like, without what is shown, answered or excluded, and it is freed", () => {
  const calls = [];
  const record = (name, result) => (...args) => { calls.push([name, ...args]); return result; };
  const alone = { exclude: record("exclude"), answer: record("answer"), recommend: record("recommend", [recommendation]), free: record("free") };
  const model = {
    newSession: () => alone, exclude: () => {}, recommend: () => [], adaptation: () => null, save: () => null,
    answers: () => [{ item: items("a")[0], value: "like" }], items: () => items("abcd"),
    info: { kind: "ratings", model: "halves", scale: { min: 1, max: 5, like: 4.5, dislike: 2 } },
  };
  const own = new Session(model);
  own.change(LIST, "exclude", [["d"]]);
  assert.deepEqual(own.related("a", 3, ["c"]), items("b"));
  assert.deepEqual(calls, [["exclude", ["d", "c", "a"]], ["answer", "a", "like"], ["recommend", 3], ["free"]]);
});

test("the catalogue has the candidates first, and every item once", () => {
  assert.deepEqual(session().own.items().map(({ id }) => id).join(""), "cabd");
});

test("closing frees the model", () => {
  const { own, calls } = session();
  own.close();
  assert.deepEqual(calls, [["free"]]);
});
