/** What the package weighs, against what it may weigh: `npm run sizes`, once it is built. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bundled } from "./bundled.mjs";
import { entries } from "./modules.mjs";
import { compressed, parts } from "./parts.mjs";
import { staged } from "./places.mjs";

/** Bytes of what every visitor loads, as a server sends it with brotli: the element with English words, and the WebAssembly. */
const BUDGET = 67_000;

/** The modules that a page loads, whatever its language. */
const SCRIPTS = ["few-clicks.js", "element.js"];

const read = (name) => readFileSync(join(staged, name), "utf8").replace(/\n\/\/# sourceMappingURL.*\n$/, "");

/** @returns {Promise<{ text: string, over: boolean }>} tables and the hash as text, and whether the budget is exceeded */
export async function sizes() {
  const single = readFileSync(join(staged, "dist/few-clicks.js"));
  const scripts = SCRIPTS.map((name) => weighed(name, read(name)));
  const wasm = weighed("fewclicks_bg.wasm", readFileSync(join(staged, "fewclicks_bg.wasm")));
  const together = sum("together", [...scripts, wasm]);
  const others = entries.filter((name) => !SCRIPTS.includes(name)).map((name) => weighed(name, read(name)));
  const tables = [
    table("every visitor loads", [...scripts, wasm, together, { name: "budget", raw: "", brotli: BUDGET }]),
    table("scripts", [sum("as they are", scripts), weighed("bundled by Vite", await bundled(join(staged, "few-clicks.js")))]),
    table("some load", [...others, weighed("dist/few-clicks.js", single)]),
    table("element.js without", parts({ text: read("element.js"), map: read("element.js.map") })),
  ];
  return {
    text: `${tables.join("\n\n")}\n\nintegrity of dist/few-clicks.js: ${integrity(single)}`,
    over: together.brotli > BUDGET,
  };
}

const table = (title, rows) => [{ name: title, raw: "bytes", brotli: "brotli" }, ...rows].map(line).join("\n");

const sum = (name, parts) => parts.reduce(({ raw, brotli }, part) => ({ name, raw: raw + part.raw, brotli: brotli + part.brotli }), { raw: 0, brotli: 0 });

const weighed = (name, content) => ({ name, raw: Buffer.byteLength(content), brotli: compressed(content) });

const line = ({ name, raw, brotli }) => name.padEnd(28) + [raw, brotli].map((cell) => cell.toLocaleString("en").padStart(10)).join("");

/** @param {Buffer} bytes @returns {string} what the `integrity` of a `<script>` is to say */
export const integrity = (bytes) => `sha384-${createHash("sha384").update(bytes).digest("base64")}`;

if (process.argv[1] === import.meta.filename) console.log((await sizes()).text);
