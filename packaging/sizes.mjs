/** `npm run sizes`: print the size of the built package, beside its budget. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bundled } from "./bundled.mjs";
import { BESIDE, entries } from "./modules.mjs";
import { compressed, parts } from "./parts.mjs";
import { sources, staged, WASM } from "./paths.mjs";

/** The most bytes that an English visitor may load, in brotli, 100 KiB: scripts, English messages among them, and the WebAssembly. */
const BUDGET = 102_400;

/** The most bytes of each module that is loaded beside the bundle, in brotli. @type {Record<string, number>} */
const BESIDE_BUDGETS = { "search.js": 2_816, "list-tools.js": 5_120, "remembered.js": 1_024 };

/** The modules that every page loads before it asks. */
const SCRIPTS = ["few-clicks.js", "element.js"];

const read = (name) => readFileSync(join(staged, name), "utf8").replace(/\n\/\/# sourceMappingURL.*\n$/, "");

/** Measure the package. @returns {Promise<{ text: string, over: boolean }>} tables and the hash as text, and whether the budget is exceeded */
export async function sizes() {
  const single = readFileSync(join(staged, "dist/few-clicks.js"));
  const modules = SCRIPTS.map((name) => measured(name, read(name)));
  const scripts = sum("scripts", modules);
  const wasm = measured(WASM, readFileSync(join(staged, WASM)));
  const total = sum("total", [scripts, wasm]);
  const beside = BESIDE.map((name) => measured(name, read(name)));
  const others = entries.filter((name) => ![...SCRIPTS, ...BESIDE].includes(name)).map((name) => measured(name, read(name)));
  const tables = [
    table("every visitor loads", [...modules, scripts, wasm, total, { name: "budget", raw: "", brotli: BUDGET }]),
    table("beside the bundle", beside.flatMap((own) => [own, { name: "budget", raw: "", brotli: BESIDE_BUDGETS[own.name] }])),
    table("scripts bundled by Vite", [measured("few-clicks.js", await bundled(join(staged, "few-clicks.js")))]),
    table("WebAssembly", [measured("as compiled", readFileSync(join(sources, WASM))), { ...wasm, name: "optimised" }]),
    table("some load", [...others, measured("dist/few-clicks.js", single)]),
    table("element.js without", parts({ text: read("element.js"), map: read("element.js.map") })),
  ];
  return {
    text: `${tables.join("\n\n")}\n\nintegrity of dist/few-clicks.js: ${integrity(single)}`,
    over: total.brotli > BUDGET || beside.some(({ name, brotli }) => brotli > BESIDE_BUDGETS[name]),
  };
}

const table = (title, rows) => [{ name: title, raw: "bytes", brotli: "brotli" }, ...rows].map(line).join("\n");

const sum = (name, parts) => parts.reduce(({ raw, brotli }, part) => ({ name, raw: raw + part.raw, brotli: brotli + part.brotli }), { raw: 0, brotli: 0 });

const measured = (name, content) => ({ name, raw: Buffer.byteLength(content), brotli: compressed(content) });

const line = ({ name, raw, brotli }) => name.padEnd(28) + [raw, brotli].map((cell) => cell.toLocaleString("en").padStart(10)).join("");

/** Compute the `integrity` of a `<script>`. @param {Buffer} bytes @returns {string} */
export const integrity = (bytes) => `sha384-${createHash("sha384").update(bytes).digest("base64")}`;

if (process.argv[1] === import.meta.filename) console.log((await sizes()).text);
