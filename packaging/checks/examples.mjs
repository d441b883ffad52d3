/** Copies of the examples, with the package installed from its tarball. */
import { execFile, execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { root, tarball } from "../paths.mjs";

const folder = join(root, "examples");

const NPM = process.env.NPM ?? "npm";

/** Nothing is reported to the makers of the tools. */
const SILENT = { ASTRO_TELEMETRY_DISABLED: "1", NEXT_TELEMETRY_DISABLED: "1", NG_CLI_ANALYTICS: "false", NUXT_TELEMETRY_DISABLED: "1" };

/** Folder of the copies: inside `packaging`, so that the examples find their tools in its `node_modules`. */
export const work = fileURLToPath(new URL("../work", import.meta.url));

/** The package as installed. */
export const installed = join(work, "node_modules/fewclicks");

export const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);

/** Read an example's package.json. @param {string} name @returns {Record<string, any>} */
export const about = (name) => JSON.parse(readFileSync(join(folder, name, "package.json"), "utf8"));

/** Install the package from its tarball into an empty `work`. */
export function install() {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work);
  writeFileSync(join(work, "package.json"), '{ "private": true, "type": "module" }\n');
  const words = ["install", "--offline", "--no-audit", "--no-fund", "--no-package-lock", tarball];
  execFileSync(NPM, words, { cwd: work, stdio: ["ignore", "ignore", "inherit"] });
}

/** Copy an example. @param {string} name @returns {string} the folder of the copy */
export function copied(name) {
  const copy = join(work, name);
  const own = (path) => !/\/(node_modules|dist|build|out|\.next|\.astro|\.angular|\.nuxt|\.output)$/.test(path);
  cpSync(join(folder, name), copy, { recursive: true, filter: own });
  return copy;
}

/** Run `npm run build` in a copy. @param {string} copy */
export async function build(copy) {
  try {
    await promisify(execFile)(NPM, ["run", "--silent", "build"], { cwd: copy, env: { ...process.env, ...SILENT } });
  } catch ({ stdout, stderr, message }) {
    throw new Error(`${message}\n${stdout}\n${stderr}`);
  }
}
