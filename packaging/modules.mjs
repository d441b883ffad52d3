/** The modules that are published: one for each entry of the package and for what few pages need, with everything in it. */
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { minified } from "./minified.mjs";
import { sources } from "./places.mjs";

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
  "fewclicks.js": "fewclicks.js",
  ...Object.fromEntries(languages.map((name) => [name, name])),
};

export const entries = Object.keys(SOURCES);

/** What stays apart: a page has the element once, however it comes by it, and of the others it loads what it needs. */
const APART = ["element.js", "host.js", ...languages.filter((name) => name !== "messages/en.js")];

const names = new Map(APART.map((name) => [join(sources, SOURCES[name]), name]));

const apart = {
  name: "apart",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir }) => {
      const name = names.get(join(resolveDir, path));
      // Whatever imports one of them is published at the top of the package.
      return name ? { path: `./${name}`, external: true } : null;
    });
  },
};

/** @returns {Promise<{ name: string, text: string, map: string }[]>} text and source map of each */
export function modules() {
  return Promise.all(entries.map(async (name) => {
    const { text, map } = await minified(join(sources, SOURCES[name]), { format: "esm", plugins: [apart] });
    return { name, map, text: `${text}\n//# sourceMappingURL=${basename(name)}.map\n` };
  }));
}
