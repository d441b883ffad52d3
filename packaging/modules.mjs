/** The modules that are published: one for each entry of the package and for what few pages need, with everything in it. */
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { minified } from "./minified.mjs";
import { sources } from "./places.mjs";

/** Words of one language each. */
const words = readdirSync(join(sources, "messages")).filter((name) => name.endsWith(".js")).map((name) => `messages/${name}`);

export const entries = ["few-clicks.js", "element.js", "host.js", "worker.js", "fewclicks.js", ...words];

/** What stays apart: a page has the element once, however it comes by it, and of the others it loads what it needs. */
const APART = ["./element.js", "./host.js", ...words.map((name) => `./${name}`)].filter((path) => path !== "./messages/en.js");

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
