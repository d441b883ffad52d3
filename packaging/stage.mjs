/** Stage the package as it is published, and pack it. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { modules } from "./modules.mjs";
import { optimise } from "./optimise.mjs";
import { out, root, sources, staged, WASM } from "./paths.mjs";
import { shorten } from "./glue.mjs";
import { single } from "./single.mjs";

/** Files of the package that are kept outside of its sources. */
const FROM_ROOT = ["LICENSE-APACHE", "LICENSE-MIT", "CHANGELOG.md", "docs/API.md"];

/** Build the package into `staged`. */
export async function stage() {
  rmSync(staged, { recursive: true, force: true });
  cpSync(sources, staged, { recursive: true, filter: (path) => !/\.(js|wasm)$|jsconfig\.json$/.test(path) });
  const names = optimise(join(sources, WASM), join(staged, WASM));
  const types = join(staged, `${WASM}.d.ts`);
  writeFileSync(types, shorten(readFileSync(types, "utf8"), names));
  for (const name of FROM_ROOT) cpSync(join(root, name), join(staged, name));
  for (const { name, text, map } of await modules(names)) {
    writeFileSync(join(staged, name), text);
    writeFileSync(join(staged, `${name}.map`), map);
  }
  const dist = join(staged, "dist");
  mkdirSync(dist);
  writeFileSync(join(dist, "few-clicks.js"), await single(names));
  writeFileSync(join(dist, "few-clicks.d.ts"), 'export * from "../few-clicks.js";\n');
}

/** Pack `staged` into the tarball. */
export function pack() {
  execFileSync(process.env.NPM ?? "npm", ["pack", "--silent", "--pack-destination", out], { cwd: staged, stdio: "ignore" });
}
