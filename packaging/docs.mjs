/** `node docs.mjs`: write the files that are generated from the types and the messages. `checks/docs.test.mjs` fails where they are stale. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { api } from "./api.mjs";
import { manifest } from "./manifest.mjs";
import { messages } from "./messages.mjs";
import { root, sources } from "./paths.mjs";

/** Return the generated texts by the path of their file. */
export const generated = () => ({
  [join(sources, "custom-elements.json")]: `${JSON.stringify(manifest(), null, 2)}\n`,
  [join(sources, "messages/messages.d.ts")]: messages(),
  [join(root, "docs/API.md")]: api(),
});

if (process.argv[1] === import.meta.filename) {
  for (const [path, text] of Object.entries(generated())) writeFileSync(path, text);
}
