/**
 * `node run.mjs --made FOLDER --published FOLDER [--json FILE] [--repetitions N]`: measure ours beside the same arithmetic in
 * plain JavaScript and in TensorFlow.js, in one headless Chromium, and the demo's bundles. `cargo xtask bench-browser` makes both
 * folders: the models, and the npm package as it is published.
 */
import { readFile, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { OURS, pack } from "./build.mjs";
import { million, shipped, synthetic } from "./compare.mjs";
import { Session } from "./session.mjs";
import { table } from "./table.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const { values: options } = parseArgs({
  options: {
    made: { type: "string" }, published: { type: "string" }, json: { type: "string" },
    repetitions: { type: "string", default: "30" },
  },
});
const repetitions = Number(options.repetitions);
const made = (name) => join(options.made, name);
const BUNDLES = {
  "ratings (films)": { files: join(here, "../www/bundle"), folder: "/films/" },
  "picks (comics)": { files: join(here, "../www/comics/bundle"), folder: "/comics/" },
};

const payload = await pack(made("dist"), options.published);
const [films, comics] = Object.values(BUNDLES).map(({ files }) => files);
const session = await new Session().start({
  dist: made("dist"), small: made("items-3706"), large: made("items-100000"), million: made("items-1000000"), films, comics,
});
// First, as a bundle of another version is refused.
const bundles = await shipped(session, repetitions, BUNDLES);
const contenders = await synthetic(session, repetitions, payload);
const many = await million(session, repetitions);
await session.stop();

const machine = {
  date: new Date().toISOString(),
  chromium: session.version,
  cpu: cpus()[0].model,
  npm: JSON.parse(await readFile(join(here, "package.json"))).devDependencies,
};
console.log(`Chromium ${machine.chromium}, ${machine.cpu}, ${repetitions} repetitions after warm-up\n`);
console.log(table({
  adapt_ms: "adapt", rank_3706_ms: "rank 3,706", rank_100000_ms: "rank 100,000", adapt_rank_ms: "adapt + rank 3,706",
  cold_start_ms: "cold start", payload_brotli_bytes: "code, brotli",
}, contenders, OURS));
console.log(`\n${table({
  adapt_ms: "adapt", rank_ms: "rank all", adapt_rank_ms: "adapt + rank", cold_start_ms: "cold start",
  bundle_brotli_bytes: "bundle, brotli",
}, bundles)}`);

console.log(`\n${table(
  { rank_ms: "rank", load_ms: "load", memory_bytes: "wasm memory" },
  { "1,000,000 items, int8, worker": many },
)}`);

if (options.json) {
  const only = (figure, measured) => Object.fromEntries(Object.entries(measured).map(([name, all]) => [name, all[figure]]));
  await writeFile(options.json, `${JSON.stringify({
    contenders: only("median", contenders),
    contenders_p95: only("p95", contenders),
    bundles: only("median", bundles),
    bundles_p95: only("p95", bundles),
    items_1000000: many.median,
    items_1000000_p95: many.p95,
    repetitions,
    ...machine,
  }, null, 2)}\n`);
}
