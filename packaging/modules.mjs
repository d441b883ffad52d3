/** The modules that are published: one for each entry of the package, with everything in it that it needs. */
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { minified } from "./minified.mjs";
import { sources } from "./places.mjs";

/** Words of one language each. */
const words = readdirSync(join(sources, "messages")).filter((name) => name.endsWith(".js")).map((name) => `messages/${name}`);

export const entries = ["few-clicks.js", "element.js", "worker.js", "fewclicks.js", ...words];

/** What stays apart: a page has the element once, however it comes by it, and loads one language at most besides English. */
const APART = ["./element.js", ...words.map((name) => `./${name}`)].filter((path) => path !== "./messages/en.js");

const apart = {
  name: "apart",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\// }, ({ path }) => (APART.includes(path) ? { path, external: true } : null));
  },
};

/** @returns {Promise<{ name: string, text: string, map: string }[]>} text and source map of each */
export function modules() {
  return Promise.all(entries.map(async (name) => {
    const { text, map } = await minified(join(sources, name), { format: "esm", plugins: [apart] });
    return { name, map, text: `${text}\n//# sourceMappingURL=${basename(name)}.map\n` };
  }));
}
