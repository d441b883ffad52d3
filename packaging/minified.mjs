/** JavaScript as it is published: several modules made one, and nothing in it that only people need. */
import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { build, transform } from "esbuild";
import { minify } from "terser";

/** Style sheets, each a template without placeholders. */
const SHEET = /`\n([^`$]*)`/g;

const tight = {
  name: "tight",
  setup({ onLoad }) {
    onLoad({ filter: /\/styles\/[^/]+\.js$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const sheets = await Promise.all([...text.matchAll(SHEET)].map(async ([, css]) => {
        const { code } = await transform(css, { loader: "css", minify: true });
        return code.trim();
      }));
      return { contents: text.replace(SHEET, () => `\`${sheets.shift()}\``) };
    });
  },
};

/**
 * @param {string} entry path of a module
 * @param {import("esbuild").BuildOptions} options
 * @returns {Promise<{ text: string, map: string }>} `map` is its source map
 */
export async function minified(entry, { plugins = [], ...options }) {
  const { outputFiles: [map, { text }] } = await build({
    ...options, entryPoints: [entry], plugins: [...plugins, tight],
    bundle: true, minify: true, write: false, target: "es2022", charset: "utf8", legalComments: "none",
    sourcemap: "external", outdir: dirname(entry),
  });
  // The one is better at names and syntax, the other at expressions: each finds what the other has left. No function here is
  // called with `new`, so that each may be an arrow.
  const better = await minify(text, {
    module: options.format === "esm", toplevel: true, ecma: 2020, compress: { passes: 3, unsafe_arrows: true },
    sourceMap: { content: map.text, includeSources: true },
  });
  return { text: better.code, map: better.map };
}
