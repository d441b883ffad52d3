/** `node build.mjs`: the package as it is published, in `target/package`, and what it weighs. */
import { relative } from "node:path";
import { root, tarball } from "./places.mjs";
import { sizes } from "./sizes.mjs";
import { pack, stage } from "./stage.mjs";

await stage();
pack();
const { text, over } = await sizes();
console.log(`${relative(root, tarball)}\n\n${text}`);
if (over) {
  console.error("\nerror: the package weighs more than its budget: take something out of it");
  process.exitCode = 1;
}
