/** Shorten the names by which the WebAssembly and its script know each other's functions. They are in both files. */
import { readFile } from "node:fs/promises";

/** @typedef {{ imports: [module: string, name: string, short: string][], exports: [name: string, short: string][] }} ShortNames */

/** The short name of the module that the imports come from, as Binaryen gives it. */
const MODULE = "a";

/**
 * Shorten the names in a text of the script or of its types.
 * @param {string} text
 * @param {ShortNames} names
 * @returns {string}
 */
export function shorten(text, { imports, exports }) {
  const short = new Map([...imports.map(([, name, to]) => [name, to]), ...exports]);
  return text
    .replaceAll(`"${imports[0][0]}"`, `"${MODULE}"`)
    .replace(/(?<=^ +)\w+(?=: function)|(?<=\bwasm\.)\w+|(?<=^export const )\w+/gm, (name) => short.get(name) ?? name);
}

/** Return the plugin of esbuild that shortens the names in the script. @param {ShortNames} names */
export const shortened = (names) => ({
  name: "shortened",
  setup({ onLoad }) {
    onLoad({ filter: /\/pkg\/fewclicks\.js$/ }, async ({ path }) => ({ contents: shorten(await readFile(path, "utf8"), names) }));
  },
});
