/** What is remembered in the browser, over a storage of the test's own. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { loadState, removeState, saveState, storageKey } from "../../pkg/storage.js";

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
  saveState("few-clicks:a", STATE);
  removeState("few-clicks:a");
  assert.equal(loadState("few-clicks:a"), null);
});
