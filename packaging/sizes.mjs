/** What the package weighs, against what it may weigh. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { scripts } from "./single.mjs";
import { staged } from "./places.mjs";

/** Bytes of what every visitor loads, as a server sends it with brotli: the element with English words, glue, WebAssembly. */
const BUDGET = 75_000;

/** @returns {Promise<{ text: string, over: boolean }>} a table and the hash as text, and whether the budget is exceeded */
export async function sizes() {
  const single = readFileSync(join(staged, "dist/few-clicks.js"));
  const { element, languages } = await scripts();
  const script = sum("scripts, minified", element.map((text) => weighed("", text)));
  const wasm = weighed("fewclicks_bg.wasm", readFileSync(join(staged, "fewclicks_bg.wasm")));
  const together = sum("together", [script, wasm]);
  const language = languages.map((text) => weighed("another language", text)).reduce((a, b) => (b.brotli > a.brotli ? b : a));
  const rows = [script, wasm, together, { name: "budget", raw: "", brotli: BUDGET }, language, weighed("dist/few-clicks.js", single)];
  const lines = [{ name: "bytes", raw: "raw", brotli: "brotli" }, ...rows].map(line);
  return {
    text: `${lines.join("\n")}\n\nintegrity of dist/few-clicks.js: ${integrity(single)}`,
    over: together.brotli > BUDGET,
  };
}

const sum = (name, parts) => parts.reduce(({ raw, brotli }, part) => ({ name, raw: raw + part.raw, brotli: brotli + part.brotli }), { raw: 0, brotli: 0 });

const weighed = (name, content) => ({ name, raw: Buffer.byteLength(content), brotli: brotliCompressSync(content).length });

const line = ({ name, raw, brotli }) => name.padEnd(20) + [raw, brotli].map((cell) => cell.toLocaleString("en").padStart(10)).join("");

/** @param {Buffer} bytes @returns {string} what the `integrity` of a `<script>` is to say */
export const integrity = (bytes) => `sha384-${createHash("sha384").update(bytes).digest("base64")}`;
