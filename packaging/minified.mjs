/** Bundle and minify JavaScript. */
import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { build, transform } from "esbuild";
import { minify } from "terser";

/** A style sheet: a template without placeholders. */
const SHEET = /`\n([^`$]*)`/g;

/** Minifies the style sheets in `styles/`. */
const minifyStyles = {
  name: "minify-styles",
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
 * Bundle a module and minify it.
 * @param {string} entry path of the module
 * @param {import("esbuild").BuildOptions} options
 * @returns {Promise<{ text: string, map: string }>} `map` is its source map
 */
export async function minified(entry, { plugins = [], ...options }) {
  const { outputFiles: [map, { text }] } = await build({
    ...options, entryPoints: [entry], plugins: [...plugins, minifyStyles],
    bundle: true, minify: true, write: false, target: "es2022", charset: "utf8", legalComments: "none",
    sourcemap: "external", outdir: dirname(entry),
  });
  // esbuild is better at names and syntax, terser at expressions. No function here is called with `new`, so that each may become
  // an arrow.
  const smaller = await minify(text, {
    module: options.format === "esm", toplevel: true, ecma: 2020, compress: { passes: 6, hoist_funs: true, unsafe_arrows: true },
    sourceMap: { content: map.text, includeSources: true },
  });
  return { text: smaller.code, map: smaller.map };
}
