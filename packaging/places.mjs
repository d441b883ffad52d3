/** Where things are. */
import { readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Resolved, as esbuild tells the paths of modules. */
export const root = realpathSync(fileURLToPath(new URL("..", import.meta.url)));

/** The sources of the package. */
export const sources = join(root, "pkg");

/** What is made here; `OUT` is set where cargo builds somewhere else than in `target`. */
export const out = process.env.OUT ?? join(root, "target/package");

/** The package as it is published: the sources, and what is added to them. */
export const staged = join(out, "fewclicks");

export const { version } = JSON.parse(readFileSync(join(sources, "package.json"), "utf8"));

/** What is published: `npm publish` takes this file. */
export const tarball = join(out, `fewclicks-${version}.tgz`);
