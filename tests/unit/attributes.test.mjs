/** Attributes as properties, over an element that has nothing but attributes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Attributes, BUNDLE_KIND } from "../../pkg/attributes.js";

class Element extends Attributes {
  baseURI = "https://a.example/signup/";
  attributes = new Map();
  getAttribute(name) { return this.attributes.get(name) ?? null; }
  setAttribute(name, value) { this.attributes.set(name, value); }
  removeAttribute(name) { this.attributes.delete(name); }
}

const element = (attributes = {}) => Object.assign(new Element(), { attributes: new Map(Object.entries(attributes)) });

test("a count is a whole number from 1 to 60, and anything else the default", () => {
  const goal = (text) => element({ goal: text }).goal;
  assert.deepEqual(["7", "1", "60", "61", "0", "-3", "2.5", "x", ""].map(goal), [7, 1, 60, 60, 5, 5, 5, 5, 5]);
  assert.equal(element({ rows: "3" }).rows, 3);
  assert.deepEqual(["0", "60", "-1", ""].map((related) => element({ related }).related), [0, 60, 3, 3]);
});

test("variety is a number from 0 to 1, and anything else the default", () => {
  const variety = (text) => element({ variety: text }).variety;
  assert.deepEqual(["0", "0.5", "1", "1.1", "-1", "x", ""].map(variety), [0, 0.5, 1, 0.2, 0.2, 0.2, 0.2]);
  assert.equal(Object.assign(element(), { variety: 0 }).variety, 0);
});

test("a word that is none of the values is the default; the default of `mode` is up to the bundle", () => {
  assert.equal(element({ submit: "all" }).submit, "none");
  assert.equal(element({ submit: "answers" }).submit, "answers");
  const picks = Object.assign(element(), { [BUNDLE_KIND]: "picks" });
  assert.deepEqual([element().mode, picks.mode], ["rate", "pick"]);
  picks.mode = "rate";
  assert.equal(picks.mode, "rate");
});

test("the bundle's address is absolute", () => {
  assert.equal(element({ bundle: "../bundle" }).bundle, "https://a.example/bundle");
  assert.equal(element().bundle, null);
  assert.equal(element({ bundle: "http://[" }).bundle, "http://[", "what is no address stays as it is");
});

test("setting a property sets its attribute; false and null remove it", () => {
  const own = element({ remember: "signup" });
  Object.assign(own, { details: ["year", "maker"], disabled: true, worker: false, goal: 3, remember: null });
  assert.deepEqual(Object.fromEntries(own.attributes), { details: "year maker", disabled: "", goal: "3" });
  own.remember = true;
  assert.equal(own.remember, "");
  own.disabled = 0;
  assert.equal(own.disabled, false);
});
