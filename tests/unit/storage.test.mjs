/** What is remembered in the browser, over a storage of the test's own. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { loadState, mergeState, removeState, saveState, storageKey } from "../../pkg/storage.js";

const STATE = { version: 1, answers: [{ id: "heat", value: "like" }], user: {} };

let entries;
beforeEach(() => {
  entries = new Map();
  globalThis.localStorage = {
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
    removeItem: (key) => void entries.delete(key),
  };
});
afterEach(() => { delete globalThis.localStorage; });

test("the key is the site's name or the bundle's address, and there is none without `remember`", () => {
  assert.equal(storageKey("signup", "https://a.example/bundle"), "few-clicks:signup");
  assert.equal(storageKey("", "https://a.example/bundle"), "few-clicks:https://a.example/bundle");
  assert.equal(storageKey(null, "https://a.example/bundle"), null);
});

test("what is saved is loaded, until it is removed", () => {
  assert.equal(loadState("few-clicks:a"), null);
  saveState("few-clicks:a", STATE);
  saveState("few-clicks:b", { ...STATE, answers: [] });
  assert.deepEqual(loadState("few-clicks:a"), STATE);
  removeState("few-clicks:a");
  assert.equal(loadState("few-clicks:a"), null);
  assert.deepEqual([...entries.keys()], ["few-clicks:b"], "no other entry is touched");
});

test("without a key nothing is read or written", () => {
  saveState(null, STATE);
  removeState(null);
  assert.equal(loadState(null), null);
  assert.equal(entries.size, 0);
});

test("an entry that is no JSON is refused as `bad-state`, by its name", () => {
  entries.set("few-clicks:a", "{not json");
  assert.throws(() => loadState("few-clicks:a"), { name: "FewClicksError", code: "bad-state", message: /few-clicks:a/ });
});

test("a storage that is full or forbidden breaks nothing", () => {
  const forbid = () => { throw new DOMException("no", "SecurityError"); };
  globalThis.localStorage = { getItem: forbid, setItem: forbid, removeItem: forbid };
  assert.equal(saveState("few-clicks:a", STATE), false);
  assert.equal(removeState("few-clicks:a"), false);
  assert.equal(loadState("few-clicks:a"), null);
  assert.equal(mergeState("few-clicks:a", { answers: [], hidden: [] }, STATE, { answers: STATE.answers, hidden: [] }), null);
});

test("a change is merged into what another tab has written: the newest counts, item by item", () => {
  const answers = (text) => Array.from(text.matchAll(/(\w)([+-])/g), ([, id, value]) => ({ id, value: value === "+" ? "like" : "dislike" }));
  const merged = (before, now, stored) => {
    saveState("few-clicks:a", { ...STATE, answers: answers(stored) });
    const { answers: all } = mergeState("few-clicks:a", { answers: answers(before), hidden: [] }, STATE, { answers: answers(now), hidden: [] });
    return all.map(({ id, value }) => id + (value === "like" ? "+" : "-")).join("");
  };
  assert.equal(merged("", "a+", ""), "a+");
  assert.equal(merged("a+", "a+b+", "a+c-"), "a+c-b+", "an answer here, another there");
  assert.equal(merged("a+", "a-", "a+c-"), "c-a-", "changed here");
  assert.equal(merged("a+", "a+b+", "a-"), "a-b+", "changed there");
  assert.equal(merged("a+b+", "b+", "a+b+c+"), "b+c+", "taken back here");
  assert.equal(merged("a+b+", "a+b+c+", "b+"), "b+c+", "taken back there");
  assert.equal(merged("a+", "a-", "a+"), "a-");
  assert.equal(merged("a+", "", "a+"), "", "and nothing is left of an empty entry");
  assert.equal(entries.size, 0);
});

test("what was taken off the list is merged and kept too, and an entry without any says nothing of it", () => {
  const marks = (text) => ({ answers: [], hidden: [...text].map((id) => ({ id, value: true })) });
  const stored = () => JSON.parse(entries.get("few-clicks:a") ?? "{}").hidden?.map(({ id }) => id).join("");
  mergeState("few-clicks:a", marks(""), STATE, marks("ab"));
  assert.equal(stored(), "ab");
  mergeState("few-clicks:a", marks("a"), STATE, marks("ac"));
  assert.equal(stored(), "abc", "taken off there, and here");
  mergeState("few-clicks:a", marks("abc"), STATE, marks("bc"));
  assert.equal(stored(), "bc", "brought back here");
  mergeState("few-clicks:a", marks("bc"), STATE, { ...marks(""), answers: STATE.answers });
  assert.deepEqual(JSON.parse(entries.get("few-clicks:a")), STATE);
});
