/** What a visit and its entry say where a visit goes on from a saved state, over a storage of the test's own. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { Remembered } from "../../pkg/remembered.js";
import { loadState, removeState, saveState } from "../../pkg/storage.js";

const KEY = "few-clicks:a";
const state = (ids) => ({ version: 1, answers: [...ids].map((id) => ({ id, value: "like" })), user: {} });
const visited = (ids, hidden = "") => ({ snapshot: { state: state(ids) }, left: { hidden: new Set(hidden) } });
const said = (saved) => saved?.answers.map(({ id }) => id).join("");

beforeEach(() => {
  const entries = new Map();
  globalThis.localStorage = {
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
    removeItem: (key) => void entries.delete(key),
  };
});
afterEach(() => { delete globalThis.localStorage; });

test("another try after a failure follows what another tab has changed meanwhile, and keeps what could not be written", () => {
  const remembered = new Remembered(visited("ab", "x"), { storageKey: KEY });
  remembered.save();
  removeState(KEY);
  remembered.visit = visited("", "x");
  assert.equal(said(remembered.load(state("abc"))), "c", "only c is newer than the entry");
  assert.deepEqual([...remembered.visit.left.hidden], []);
});

test("the history's state is older than the entry, and counts where there is none; what was taken off stays off", () => {
  saveState(KEY, { ...state("bc"), hidden: [{ id: "x", value: true }] });
  const visit = visited("");
  assert.equal(said(new Remembered(visit, { storageKey: KEY }).load(state("ab"))), "bc");
  assert.deepEqual([...visit.left.hidden], ["x"]);
  removeState(KEY);
  assert.equal(said(new Remembered(visited(""), { storageKey: KEY }).load(state("ab"))), "ab");
  assert.equal(loadState(KEY), null);
});
