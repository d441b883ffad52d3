/** Bundles the whole package, WebAssembly included, into one module that works from any address. */
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateRawSync } from "node:zlib";
import { build } from "esbuild";

const place = (name) => fileURLToPath(new URL(`single/${name}`, import.meta.url));

/** Only for imports inside the package: the stand-ins themselves import what they stand in for. */
const standIns = {
  name: "stand-ins",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/fewclicks\.js$/ }, () => ({ path: place("model.js") }));
    onResolve({ filter: /^\.\/spawn\.js$/ }, () => ({ path: place("spawn.js") }));
  },
};

const deflated = {
  name: "deflated",
  setup({ onLoad }) {
    onLoad({ filter: /\.wasm$/ }, async ({ path }) =>
      ({ contents: deflateRawSync(await readFile(path), { level: 9 }).toString("base64"), loader: "text" }));
  },
};

/** Style sheets without their comments and the spaces that only people need. */
const tight = {
  name: "tight",
  setup({ onLoad }) {
    onLoad({ filter: /styles\.js$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const sheet = (css) => css.replace(/\/\*[^]*?\*\//g, "").replace(/\s*\n\s*/g, "").replace(/\s*([{;}]|: )\s*/g, (_, mark) => mark.trim());
      return { contents: text.replace(/`[^`]*`/g, sheet) };
    });
  },
};

/** @returns {Promise<string>} the source of the single file */
export async function single() {
  const text = await bundled({ plugins: [standIns, tight, deflated] });
  return `function fewClicks(module,hosting){"use strict";${text}return module.exports}\n`
    + "export const{FewClicksElement}=fewClicks({},false);\n";
}

/**
 * The same without the WebAssembly, with English and one other language, if it is not English itself.
 * @param {string} language
 * @returns {Promise<string>}
 */
export function scripts(language) {
  const others = {
    name: "others",
    setup({ onLoad }) {
      onLoad({ filter: /messages\/\w+\.js$/ }, ({ path }) =>
        [`en.js`, `${language}.js`].includes(basename(path)) ? undefined : { contents: "" });
    },
  };
  return bundled({ plugins: [standIns, tight, others], loader: { ".wasm": "empty" } });
}

async function bundled(options) {
  const { outputFiles: [{ text }] } = await build({
    entryPoints: [place("entry.js")],
    bundle: true, minify: true, write: false,
    format: "cjs", target: "es2022", charset: "utf8", legalComments: "none",
    // Asked for only where no bytes are given, and here they always are.
    define: { "import.meta.url": "undefined" },
    ...options,
  });
  return text;
}
