/** Paths of the repository and of what is built. */
import { readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Without symbolic links, as in the paths that esbuild reports. */
export const root = realpathSync(fileURLToPath(new URL("..", import.meta.url)));

/** The sources of the package. */
export const sources = join(root, "pkg");

/** Folder to build into. `OUT` names it where cargo does not build in `target`. */
export const out = process.env.OUT ?? join(root, "target/package");

/** The package as it is published, unpacked. */
export const staged = join(out, "fewclicks");

/** Name of the WebAssembly, in the sources and in the package. */
export const WASM = "fewclicks_bg.wasm";

export const { version } = JSON.parse(readFileSync(join(sources, "package.json"), "utf8"));

/** The file for `npm publish`. */
export const tarball = join(out, `fewclicks-${version}.tgz`);
