/** Which answers count, and how they are put into words. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { english, translator } from "../../pkg/messages/translator.js";
import { countedAnswers, reasonText, saidText, valueText } from "../../pkg/view/answers.js";

const context = (mode = "rate", scale = { min: 1, max: 5 }) => ({ mode, scale, t: translator({}, english, "en", mode) });
const reason = (value, more = {}) => ({ item: { id: "heat", title: "Heat", fields: {} }, value, influence: 1, liked: true, shared: [], others: [], ...more });
const said = (because, mode) => reasonText(context(mode), because);

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
  assert.equal(said(reason("like")), "Because you liked Heat");
  assert.equal(said(reason(5)), "Because you gave Heat 5 stars");
});

test("a reason says what is shared, which direction an answer had, and how many there were", () => {
  const shared = [{ field: "director", value: "Michael Mann" }, { field: "genre", value: "Crime" }];
  assert.equal(said(reason("like", { shared })), "Because you liked Heat · also Michael Mann, Crime");
  assert.equal(said(reason("dislike", { liked: false })), "Because you disliked Heat");
  const others = [reason("like"), reason(4)];
  assert.equal(said(reason("like", { shared: shared.slice(1), others })), "Because of 3 titles you liked: Crime");
  assert.equal(said(reason("like", { others })), "Because of 3 titles you liked");
  assert.equal(said(reason("like", { others }), "pick"), "Because of 3 of your picks");
  assert.equal(said(reason("dislike", { liked: false, others })), "Because of 3 of your answers");
});

test("a row that no answer moved up is widely liked", () => {
  assert.equal(said(null), "Widely liked");
});
