/** Examples as someone meets them who copies one: with the package installed from its tarball. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root, tarball } from "../places.mjs";

const folder = join(root, "examples");

/** Inside `packaging`, so that the examples find their tools in its `node_modules`. */
export const work = fileURLToPath(new URL("../work", import.meta.url));

/** The package as installed. */
export const installed = join(work, "node_modules/fewclicks");

export const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);

/** @param {string} name of an example @returns {Record<string, any>} its package.json */
export const about = (name) => JSON.parse(readFileSync(join(folder, name, "package.json"), "utf8"));

export function install() {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work);
  writeFileSync(join(work, "package.json"), '{ "private": true, "type": "module" }\n');
  npm(work, "install", "--offline", "--no-audit", "--no-fund", "--no-package-lock", tarball);
}

/** @param {string} name of an example @returns {string} the folder of a copy */
export function copied(name) {
  const copy = join(work, name);
  const own = (path) => !/\/(node_modules|dist|build)$/.test(path);
  cpSync(join(folder, name), copy, { recursive: true, filter: own });
  return copy;
}

/** @param {string} copy of an example, in which `npm run build` is run */
export function build(copy) {
  npm(copy, "run", "--silent", "build");
}

function npm(cwd, ...words) {
  try {
    execFileSync(process.env.NPM ?? "npm", words, { cwd, encoding: "utf8", stdio: "pipe" });
  } catch ({ stdout, stderr, message }) {
    throw new Error(`${message}\n${stdout}\n${stderr}`);
  }
}
