/** Bundle the whole package, WebAssembly included, into one module that works from any address. */
import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateRawSync } from "node:zlib";
import { minified } from "./minified.mjs";
import { sources, staged, WASM } from "./paths.mjs";
import { smaller } from "./glue.mjs";

const sourceOf = (name) => fileURLToPath(new URL(`single/${name}`, import.meta.url));

/** Replacements of modules of the package, by the path of the replaced module. */
const REPLACEMENTS = { "wasm.js": "wasm.js", "session/spawn.js": "spawn.js" };

/** Replaces imports inside the package. */
const replacements = {
  name: "replacements",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir }) => {
      const [inside, name] = [resolveDir, join(resolveDir, path)].map((absolute) => relative(sources, absolute));
      return !inside.startsWith("..") && REPLACEMENTS[name] ? { path: sourceOf(REPLACEMENTS[name]) } : null;
    });
  },
};

/** Imports the staged WebAssembly, in place of that of the sources, as base64 of the deflated bytes. */
const deflated = {
  name: "deflated",
  setup({ onLoad }) {
    onLoad({ filter: /\.wasm$/ }, async () =>
      ({ contents: deflateRawSync(await readFile(join(staged, WASM)), { level: 9 }).toString("base64"), loader: "text" }));
  },
};

/** Build the single file. @param {import("./glue.mjs").ShortNames} names of the WebAssembly @returns {Promise<string>} */
export async function single(names) {
  const { text } = await minified(sourceOf("entry.js"), {
    format: "cjs", plugins: [replacements, deflated, smaller(names)],
    // Used only where no bytes are given, and here they always are.
    define: { "import.meta.url": "undefined" },
  });
  return `function fewClicks(module,hosting){"use strict";${text}return module.exports}\n`
    + "export const{FewClicksElement}=fewClicks({},false);\n";
}
