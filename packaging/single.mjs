/** Bundles the whole package, WebAssembly included, into one module that works from any address. */
import { readFile } from "node:fs/promises";
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
  const text = await bundled([standIns, tight, deflated]);
  return `function fewClicks(module,hosting){"use strict";${text}return module.exports}\n`
    + "export const{FewClicksElement}=fewClicks({},false);\n";
}

/**
 * What a bundler makes of the package, without the WebAssembly: what every page loads, and the words of each language
 * but English, of which a page loads one at most.
 * @returns {Promise<{ element: string[], languages: string[] }>} the scripts of each
 */
export async function scripts() {
  const { outputFiles, metafile } = await build({
    ...options, entryPoints: [place("../../pkg/few-clicks.js")],
    format: "esm", splitting: true, outdir: "scripts", metafile: true, plugins: [tight],
  });
  const texts = outputFiles.map(({ text }) => text);
  const isWords = Object.values(metafile.outputs).map(({ entryPoint }) => entryPoint?.includes("/messages/") ?? false);
  return { element: texts.filter((_, i) => !isWords[i]), languages: texts.filter((_, i) => isWords[i]) };
}

const options = { bundle: true, minify: true, write: false, target: "es2022", charset: "utf8", legalComments: "none" };

async function bundled(plugins) {
  const { outputFiles: [{ text }] } = await build({
    ...options, plugins, entryPoints: [place("entry.js")],
    format: "cjs",
    // Asked for only where no bytes are given, and here they always are.
    define: { "import.meta.url": "undefined" },
  });
  return text;
}
