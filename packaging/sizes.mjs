/** What the package weighs, against what it may weigh. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { scripts } from "./single.mjs";
import { staged } from "./places.mjs";

/** Bytes of what every visitor loads, as a server sends it with brotli: the element with English words, glue, WebAssembly. */
const BUDGET = 75_000;

/** @returns {Promise<{ text: string, over: boolean }>} a table and the hash as text, and whether the budget is exceeded */
export async function sizes() {
  const single = readFileSync(join(staged, "dist/few-clicks.js"));
  const script = weighed("scripts, minified", await scripts("en"));
  const wasm = weighed("fewclicks_bg.wasm", readFileSync(join(staged, "fewclicks_bg.wasm")));
  const together = { name: "together", raw: script.raw + wasm.raw, brotli: script.brotli + wasm.brotli };
  const rows = [script, wasm, together, { name: "budget", raw: "", brotli: BUDGET }, await language(script), weighed("dist/few-clicks.js", single)];
  const lines = [{ name: "bytes", raw: "raw", brotli: "brotli" }, ...rows].map(line);
  return {
    text: `${lines.join("\n")}\n\nintegrity of dist/few-clicks.js: ${integrity(single)}`,
    over: together.brotli > BUDGET,
  };
}

/** What the longest of the other languages adds, of which a visitor loads one at most. */
async function language(english) {
  const names = readdirSync(join(staged, "messages")).filter((name) => name.endsWith(".js")).map((name) => name.slice(0, -3));
  const all = await Promise.all(names.map(async (name) => weighed(name, await scripts(name))));
  const most = all.reduce((most, own) => (own.brotli > most.brotli ? own : most));
  return { name: "another language", raw: most.raw - english.raw, brotli: most.brotli - english.brotli };
}

const weighed = (name, content) => ({ name, raw: Buffer.byteLength(content), brotli: brotliCompressSync(content).length });

const line = ({ name, raw, brotli }) => name.padEnd(20) + [raw, brotli].map((cell) => cell.toLocaleString("en").padStart(10)).join("");

/** @param {Buffer} bytes @returns {string} what the `integrity` of a `<script>` is to say */
export const integrity = (bytes) => `sha384-${createHash("sha384").update(bytes).digest("base64")}`;
