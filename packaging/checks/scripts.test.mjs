/** The scripts of the package: their types hold, and their imports go one way. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { sources } from "../paths.mjs";

const tsc = fileURLToPath(new URL("../node_modules/typescript-6/bin/tsc", import.meta.url));

const scripts = readdirSync(sources, { recursive: true }).filter((name) => name.endsWith(".js"));

/** Paths in the package by the path of the script that imports from them, types included. */
const imports = new Map(scripts.map((name) => [name, imported(name)]));

function imported(name) {
  const text = readFileSync(join(sources, name), "utf8");
  const paths = [...text.matchAll(/(?:from |import\()"(\.\.?\/[^"]+)"/g)].map(([, path]) => join(dirname(name), path));
  // The one that imports its own declarations.
  return paths.filter((path) => path !== name);
}

test("the types in the comments hold for every script that is written by hand", () => {
  try {
    execFileSync(tsc, ["--project", join(sources, "jsconfig.json")], { encoding: "utf8", stdio: "pipe" });
  } catch ({ stdout, stderr }) {
    assert.fail(stdout + stderr);
  }
});

test("no script imports itself by way of others", () => {
  const done = new Set();
  const visit = (name, path) => {
    assert.ok(!path.includes(name), `circle of imports: ${[...path, name].join(" → ")}`);
    if (done.has(name)) return;
    for (const next of imports.get(name) ?? []) visit(next, [...path, name]);
    done.add(name);
  };
  for (const name of scripts) visit(name, []);
});

/** What the scripts of a room may import from. */
const ROOMS = {
  "view/": /^(view\/|messages\/|types\.js$)/,
  "session/": /^(session\/|error\.js$|types\.js$|(fewclicks|wasm)\.js$)/,
  "messages/": /^messages\//,
};

for (const [room, allowed] of Object.entries(ROOMS)) {
  test(`${room} knows nothing of the rooms above it`, () => {
    for (const name of scripts.filter((own) => own.startsWith(room))) {
      assert.deepEqual(imports.get(name).filter((path) => !allowed.test(path)), [], name);
    }
  });
}

test("nothing but its registration knows the element", () => {
  const knowing = scripts.filter((name) => imports.get(name).includes("element.js"));
  assert.deepEqual(knowing, ["few-clicks.js"]);
});
