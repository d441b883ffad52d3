/** The contents of the tarball, and whether those who install it can resolve and type its entries. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { build } from "esbuild";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { entries } from "../modules.mjs";
import { root, sources, staged, tarball, version } from "../paths.mjs";

const text = (...path) => readFileSync(join(...path), "utf8");
const about = JSON.parse(text(staged, "package.json"));

/** What is published besides modules and their source maps. */
const BESIDES = [
  "CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT", "README.md", "custom-elements.json", "package.json",
  "dist/few-clicks.js", "docs/API.md", "fewclicks_bg.wasm",
];

test("the version is that of the workspace", () => {
  const [, workspace] = text(root, "Cargo.toml").match(/\[workspace\.package\]\s+version = "(.+)"/);
  assert.equal(version, workspace, "pkg/package.json and Cargo.toml say the same version");
});

test("the tarball holds the package's modules, their types and documents, and nothing else", async () => {
  const packed = execFileSync("tar", ["-tzf", tarball], { encoding: "utf8" }).trim().split("\n");
  const names = packed.map((name) => name.replace("package/", ""));
  const { metafile } = await build({
    absWorkingDir: staged, entryPoints: entries, outdir: "unwritten",
    bundle: true, splitting: true, format: "esm", metafile: true, write: false, external: ["react"],
  });
  const modules = Object.keys(metafile.inputs);
  const types = names.filter((name) => name.endsWith(".d.ts"));
  const others = names.filter((name) => !types.includes(name));
  assert.deepEqual(others.sort(), [...modules, ...modules.map((name) => `${name}.map`), ...BESIDES].sort());
  for (const name of types) assert.ok(typed(name), `${name} belongs to something that is published`);
});

/** Whether an entry of `exports` has these types, or the types import them. */
function typed(name) {
  const entries = Object.values(about.exports).map((entry) => entry.types);
  return entries.includes(`./${name}`) || readdirSync(sources, { recursive: true }).some((other) =>
    other.endsWith(".d.ts") && imports(other).includes(name.replace(/\.d\.ts$/, ".js")));
}

/** The modules that a file imports from, by their paths in the package. */
function imports(name) {
  return [...text(sources, name).matchAll(/from "(\.\.?\/.+)"/g)].map(([, path]) => join(dirname(name), path));
}

test("package.json names the license, the repository and the types of every entry", () => {
  assert.equal(about.license, "MIT OR Apache-2.0");
  assert.equal(about.repository.url, "git+https://github.com/fewclicks/fewclicks.git");
  assert.ok(about.keywords.includes("recommender") && about.keywords.includes("custom-element"));
  const untyped = Object.entries(about.exports).filter(([name, entry]) => !name.endsWith(".json") && !entry.types);
  assert.deepEqual(untyped, []);
});

test("publint finds nothing to say", async () => {
  const { messages } = await publint({ pkgDir: staged, strict: true, level: "suggestion" });
  assert.deepEqual(messages.map((message) => formatMessage(message, about)), []);
});

test("types resolve for everyone who can import it", () => {
  const attw = join(root, "packaging/node_modules/.bin/attw");
  try {
    execFileSync(attw, ["--profile", "esm-only", "--no-color", "--no-emoji", tarball], { encoding: "utf8", stdio: "pipe" });
  } catch ({ stdout, stderr }) {
    assert.fail(`${stdout}${stderr}`);
  }
});

test("the lock file names no registry", () => {
  assert.doesNotMatch(text(root, "packaging/package-lock.json"), /"resolved"/);
});
