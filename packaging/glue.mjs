/** Make the script that wasm-bindgen generates smaller: short names, and nothing for browsers that are too old for the element. */
import { readFile } from "node:fs/promises";

/** @typedef {{ imports: [module: string, name: string, short: string][], exports: [name: string, short: string][] }} ShortNames */

/** The short name of the module that the imports come from, as Binaryen gives it. */
const MODULE = "a";

/** What every supported browser has or does, and the shorter code for it. */
const REPLACED = [
  [/\nif \(!\('encodeInto' in cachedTextEncoder\)\) \{.*?\n\}\n/s, ""],
  [/    if \(realloc === undefined\) \{.*?\n    \}\n/s, ""],
  [/(?<=function decodeText\(bytes\) \{\n).*?(?=    return )/s, ""],
  [/\(typeof FinalizationRegistry === 'undefined'\)\n.*?\n    : /g, ""],
  [/(?<=cachedDataViewMemory0 === null \|\| ).*(?=\) \{)/, "cachedDataViewMemory0.buffer !== wasm.memory.buffer"],
];

/** What the element does not use of the script, and the shorter code for it. */
const UNUSED = [
  [/if \(Symbol\.dispose\) .*\n/, ""],
  [/    (adapt|nextQuestion|predict|rank)\(\w*\) \{\n.*?\n    \}\n/gs, ""],
  [/(?<=function initSync\(module\) \{\n.*?)    if \(module !== undefined\) \{.*?\n    \}\n/s, "    ({module} = module);\n"],
  [/    if \(!\(module instanceof WebAssembly\.Module\)\) \{.*?\n    \}\n/s, ""],
];

/**
 * Shorten the names by which WebAssembly and script know each other's functions, in a text of the script or of its types.
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

/** Return the plugin of esbuild that makes the script smaller. @param {ShortNames} names @param {boolean} [whole] whether all of it is published */
export const smaller = (names, whole = false) => ({
  name: "smaller",
  setup({ onLoad }) {
    onLoad({ filter: /\/pkg\/fewclicks\.js$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const replaced = [...REPLACED, ...(whole ? [] : UNUSED)].reduce((before, [from, to]) => {
        const after = before.replace(from, to);
        if (after === before) throw new Error(`${path} has nothing like ${from}: wasm-bindgen generates another script now; adapt packaging/glue.mjs`);
        return after;
      }, text);
      return { contents: shorten(replaced, names) };
    });
  },
});
