/** Bundles the whole package, WebAssembly included, into one module that works from any address. */
import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateRawSync } from "node:zlib";
import { minified } from "./minified.mjs";
import { sources } from "./places.mjs";

const place = (name) => fileURLToPath(new URL(`single/${name}`, import.meta.url));

/** Stand-ins by the path of what they stand in for. */
const STAND_INS = { "fewclicks.js": "model.js", "session/spawn.js": "spawn.js" };

/** Only for imports inside the package: the stand-ins themselves import what they stand in for. */
const standIns = {
  name: "stand-ins",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir }) => {
      const [inside, name] = [resolveDir, join(resolveDir, path)].map((absolute) => relative(sources, absolute));
      return !inside.startsWith("..") && STAND_INS[name] ? { path: place(STAND_INS[name]) } : null;
    });
  },
};

const deflated = {
  name: "deflated",
  setup({ onLoad }) {
    onLoad({ filter: /\.wasm$/ }, async ({ path }) =>
      ({ contents: deflateRawSync(await readFile(path), { level: 9 }).toString("base64"), loader: "text" }));
  },
};

/** @returns {Promise<string>} the source of the single file */
export async function single() {
  const { text } = await minified(place("entry.js"), {
    format: "cjs", plugins: [standIns, deflated],
    // Asked for only where no bytes are given, and here they always are.
    define: { "import.meta.url": "undefined" },
  });
  return `function fewClicks(module,hosting){"use strict";${text}return module.exports}\n`
    + "export const{FewClicksElement}=fewClicks({},false);\n";
}
