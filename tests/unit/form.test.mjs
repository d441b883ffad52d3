/** What a form sends of the element. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { submission } from "../../pkg/form.js";

const item = (id) => ({ id, title: id.toUpperCase(), fields: {} });
const SHOWN = {
  answers: [{ item: item("a"), value: "like" }, { item: item("b"), value: "unknown" }],
  recommendations: [{ item: item("c"), score: 4, because: null }, { item: item("d"), score: 3, because: null }],
};

test("`recommendations` sends one entry for each, in their order", () => {
  assert.deepEqual([...submission({ submit: "recommendations", name: "taste" }, SHOWN)], [["taste", "c"], ["taste", "d"]]);
});

test("`answers` sends one entry of JSON with ids and values, and no titles", () => {
  const [[name, text], ...others] = submission({ submit: "answers", name: "taste" }, SHOWN);
  assert.deepEqual([name, others], ["taste", []]);
  assert.deepEqual(JSON.parse(text), [{ id: "a", value: "like" }, { id: "b", value: "unknown" }]);
});

test("nothing is sent without the site's choice, a name, a model or an answer", () => {
  for (const [element, shown] of [
    [{ submit: "none", name: "taste" }, SHOWN],
    [{ submit: "answers", name: "" }, SHOWN],
    [{ submit: "answers", name: "taste" }, null],
    [{ submit: "recommendations", name: "taste" }, { ...SHOWN, answers: [] }],
  ]) assert.equal(submission(element, shown), null, JSON.stringify(element));
});
