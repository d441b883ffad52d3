/** `node build.mjs`: build the package as it is published into `target/package`, and print its size. */
import { relative } from "node:path";
import { root, tarball } from "./paths.mjs";
import { sizes } from "./sizes.mjs";
import { pack, stage } from "./stage.mjs";

await stage();
pack();
const { text, over } = await sizes();
console.log(`${relative(root, tarball)}\n\n${text}`);
if (over) {
  console.error("\nerror: the package is larger than its budget (packaging/sizes.mjs): make it smaller");
  process.exitCode = 1;
}
