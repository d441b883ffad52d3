/** `node docs.mjs`: writes what is made from the types and the words. `checks/docs.test.mjs` sees that it was done. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { api } from "./api.mjs";
import { manifest } from "./manifest.mjs";
import { messages } from "./messages.mjs";
import { root, sources } from "./places.mjs";

/** Texts by the path of their file. */
export const made = () => ({
  [join(sources, "custom-elements.json")]: `${JSON.stringify(manifest(), null, 2)}\n`,
  [join(sources, "messages/messages.d.ts")]: messages(),
  [join(root, "docs/API.md")]: api(),
});

if (process.argv[1] === import.meta.filename) {
  for (const [path, text] of Object.entries(made())) writeFileSync(path, text);
}
