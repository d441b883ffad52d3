/** Which answers count, and how they are put into words. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { english, translator } from "../../pkg/messages/translator.js";
import { becauseText, countedAnswers, saidText, valueText } from "../../pkg/view/answers.js";

const context = (mode = "rate", scale = { min: 1, max: 5 }) => ({ mode, scale, t: translator({}, english, "en", mode) });
const reason = (value) => ({ item: { id: "heat", title: "Heat", fields: {} }, value, influence: 1 });

test("“haven’t seen” is no rating, and only a like is a pick", () => {
  const answers = ["like", "dislike", "unknown", 4].map((value) => ({ value }));
  const counted = (mode) => countedAnswers({ mode }, answers).map(({ value }) => value);
  assert.deepEqual(counted("rate"), ["like", "dislike", 4]);
  assert.deepEqual(counted("pick"), ["like"]);
});

test("a rating is named in stars, whatever the scale", () => {
  assert.equal(valueText(context(), 4), "4 stars");
  assert.equal(valueText(context("rate", { min: 0, max: 10 }), 0), "1 star");
  assert.equal(valueText(context("rate", { min: 0, max: 10 }), 10), "5 stars");
  assert.equal(valueText(context("rate", { min: 0.5, max: 5 }), Math.fround(3.875)), "4 stars");
});

test("an answer and a reason are said in the words of the mode", () => {
  assert.equal(valueText(context(), "unknown"), "Not seen");
  assert.equal(saidText(context(), "Heat", "like"), "Liked Heat.");
  assert.equal(saidText(context("pick"), "Heat", "like"), "Picked Heat.");
  assert.equal(saidText(context(), "Heat", 1), "Heat: 1 star.");
  assert.equal(becauseText(context(), reason("like")), "Because you liked Heat");
  assert.equal(becauseText(context(), reason(5)), "Because you gave Heat 5 stars");
});
