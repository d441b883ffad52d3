/** The documentation describes the element as it is. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { test } from "node:test";
import { generated } from "../docs.mjs";
import { manifest } from "../manifest.mjs";
import { root, sources } from "../paths.mjs";

const [{ declarations: [described] }] = manifest().modules;
const scripts = readdirSync(sources, { recursive: true }).filter((name) => name.endsWith(".js")).map((name) => readFileSync(join(sources, name), "utf8"));

/** Called by the browser. */
const CALLBACK = /Callback$/;

test("the manifest and API.md are made from the types as they are now", () => {
  for (const [path, text] of Object.entries(generated())) {
    assert.ok(readFileSync(path, "utf8") === text, `${relative(root, path)} is not up to date: run \`npm run docs\` in packaging/`);
  }
});

test("every property and method is described, and every described one exists", async () => {
  const { FewClicksElement } = await import(join(sources, "element.js"));
  const own = [];
  for (let type = FewClicksElement.prototype; type !== Object.prototype; type = Object.getPrototypeOf(type)) {
    own.push(...Object.getOwnPropertyNames(type));
  }
  const real = own.filter((name) => name !== "constructor" && !CALLBACK.test(name));
  assert.deepEqual([...new Set(real)].sort(), described.members.map(({ name }) => name).sort());
  const observed = FewClicksElement.observedAttributes.filter((name) => name !== "lang");
  const attributes = described.attributes.map(({ name }) => name);
  assert.deepEqual(observed.filter((name) => !attributes.includes(name)), [], "every observed attribute is described");
});

test("custom properties are described, all of them", () => {
  const used = scripts.flatMap((script) => script.match(/--few-clicks-[a-z-]+/g) ?? []);
  assert.deepEqual([...new Set(used)].sort(), described.cssProperties.map(({ name }) => name).sort());
});

test("everything described has words", () => {
  const { members, events, slots, cssParts, cssProperties, cssStates } = described;
  for (const { name, description } of [...members, ...events, ...slots, ...cssParts, ...cssProperties, ...cssStates]) {
    assert.ok(description, `${name} in pkg/element.d.ts`);
  }
});
