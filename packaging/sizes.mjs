/** What the package weighs, against what it may weigh. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { scripts } from "./single.mjs";
import { staged } from "./places.mjs";

/** Bytes of everything that a visitor loads, in the longest of the languages, as a server sends them with brotli. */
const BUDGET = 75_000;

/** @returns {Promise<{ text: string, over: boolean }>} a table and the hash as text, and whether the budget is exceeded */
export async function sizes() {
  const single = readFileSync(join(staged, "dist/few-clicks.js"));
  const parts = [
    weighed("scripts, minified", await longest()),
    weighed("fewclicks_bg.wasm", readFileSync(join(staged, "fewclicks_bg.wasm"))),
  ];
  const sum = (what) => parts.reduce((total, part) => total + part[what], 0);
  const together = { name: "together", raw: sum("raw"), brotli: sum("brotli") };
  const rows = [...parts, together, { name: "budget", raw: "", brotli: BUDGET }, weighed("dist/few-clicks.js", single)];
  const lines = [{ name: "bytes", raw: "raw", brotli: "brotli" }, ...rows].map(line);
  return {
    text: `${lines.join("\n")}\n\nintegrity of dist/few-clicks.js: ${integrity(single)}`,
    over: together.brotli > BUDGET,
  };
}

/** The scripts of the language that makes them largest. */
async function longest() {
  const languages = readdirSync(join(staged, "messages")).filter((name) => name.endsWith(".js")).map((name) => name.slice(0, -3));
  const all = await Promise.all(languages.map((language) => scripts(language)));
  return all.map((text) => Buffer.from(text)).reduce((most, text) => (text.length > most.length ? text : most));
}

const weighed = (name, bytes) => ({ name, raw: bytes.length, brotli: brotliCompressSync(bytes).length });

const line = ({ name, raw, brotli }) => name.padEnd(20) + [raw, brotli].map((cell) => cell.toLocaleString("en").padStart(10)).join("");

/** @param {Buffer} bytes @returns {string} what the `integrity` of a `<script>` is to say */
export const integrity = (bytes) => `sha384-${createHash("sha384").update(bytes).digest("base64")}`;
