/** Build the published modules: one for each entry of the package, and one for what few pages need. */
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { minified } from "./minified.mjs";
import { sources } from "./paths.mjs";
import { smaller } from "./glue.mjs";

/** What is loaded beside the bundle. */
export const BESIDE = ["search.js", "list-tools.js", "remembered.js"];

/** A language's file is named by its tag. */
const LANGUAGE = /^[a-z]{2}\.js$/;

const languages = readdirSync(join(sources, "messages")).filter((name) => LANGUAGE.test(name)).map((name) => `messages/${name}`);

/**
 * The source of each published module by the module's name. Host and worker are published beside `fewclicks_bg.wasm`, which
 * the worker finds by its own address.
 * @type {Record<string, string>}
 */
const SOURCES = {
  "few-clicks.js": "few-clicks.js",
  "element.js": "element.js",
  "host.js": "session/host.js",
  "worker.js": "session/worker.js",
  ...Object.fromEntries(BESIDE.map((name) => [name, name])),
  "react.js": "react.js",
  "fewclicks.js": "fewclicks.js",
  ...Object.fromEntries(languages.map((name) => [name, name])),
};

export const entries = Object.keys(SOURCES);

/** What is imported, not bundled: a page has the element once, by whichever entry, and loads of the others what it needs. */
const EXTERNAL = ["few-clicks.js", "element.js", "host.js", ...BESIDE, ...languages.filter((name) => name !== "messages/en.js")];

const externals = new Map(EXTERNAL.map((name) => [join(sources, SOURCES[name]), name]));

const external = {
  name: "external",
  setup({ onResolve }) {
    onResolve({ filter: /^react$/ }, ({ path }) => ({ path, external: true }));
    onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir, kind }) => {
      if (kind === "entry-point") return null;
      const name = externals.get(join(resolveDir, path));
      // Whatever imports one of them is published at the top of the package.
      return name ? { path: `./${name}`, external: true } : null;
    });
  },
};

/** Build all modules. @param {import("./glue.mjs").ShortNames} names of the WebAssembly @returns {Promise<{ name: string, text: string, map: string }[]>} text and source map of each */
export function modules(names) {
  return Promise.all(entries.map(async (name) => {
    const { text, map } = await minified(join(sources, SOURCES[name]), { format: "esm", plugins: [external, smaller(names, name === "fewclicks.js")] });
    return { name, map, text: `${text}\n//# sourceMappingURL=${basename(name)}.map\n` };
  }));
}
