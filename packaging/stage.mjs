/** Lays out the package as it is published, and packs it. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { modules } from "./modules.mjs";
import { out, root, sources, staged } from "./places.mjs";
import { single } from "./single.mjs";

/** Kept once, outside the package's sources. */
const FROM_ROOT = ["LICENSE-APACHE", "LICENSE-MIT", "CHANGELOG.md", "docs/API.md"];

export async function stage() {
  rmSync(staged, { recursive: true, force: true });
  cpSync(sources, staged, { recursive: true, filter: (path) => !path.endsWith(".js") });
  for (const name of FROM_ROOT) cpSync(join(root, name), join(staged, name));
  for (const { name, text, map } of await modules()) {
    writeFileSync(join(staged, name), text);
    writeFileSync(join(staged, `${name}.map`), map);
  }
  const dist = join(staged, "dist");
  mkdirSync(dist);
  writeFileSync(join(dist, "few-clicks.js"), await single());
  writeFileSync(join(dist, "few-clicks.d.ts"), 'export * from "../few-clicks.js";\n');
}

export function pack() {
  execFileSync(process.env.NPM ?? "npm", ["pack", "--silent", "--pack-destination", out], { cwd: staged, stdio: "ignore" });
}
