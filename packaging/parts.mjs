/** Compute what each source contributes to the size of a minified module. */
import { brotliCompressSync } from "node:zlib";
import { eachMapping, TraceMap } from "@jridgewell/trace-mapping";

export const compressed = (text) => brotliCompressSync(text).length;

/**
 * Groups of sources.
 * @type {Record<string, (name: string) => boolean>}
 */
const GROUPS = {
  "all style sheets": (name) => name.includes("styles/"),
  "all words": (name) => name === "messages/en.js",
  "all of wasm-bindgen": (name) => name === "fewclicks.js",
  "all others": (name) => !name.includes("styles/") && !["messages/en.js", "fewclicks.js"].includes(name),
};

/**
 * Compute the size of each source and of each group.
 * @param {{ text: string, map: string }} module minified, of one line
 * @returns {{ name: string, raw: number, brotli: number }[]} largest first: bytes, and by how many bytes the module in brotli
 *   shrinks without them
 */
export function parts({ text, map }) {
  const pieces = cut(text, map);
  const names = [...new Set(pieces.map(({ name }) => name))];
  const whole = compressed(text);
  const cost = (name, wanted) => {
    const [own, others] = [true, false].map((side) => pieces.filter((piece) => wanted(piece.name) === side).map(({ code }) => code).join(""));
    return { name, raw: Buffer.byteLength(own), brotli: whole - compressed(others) };
  };
  const largestFirst = (costs) => costs.sort((one, other) => other.brotli - one.brotli);
  return [
    ...largestFirst(names.map((name) => cost(name, (other) => other === name))),
    ...largestFirst(Object.entries(GROUPS).map(([name, wanted]) => cost(name, wanted))),
  ];
}

/** Cut the text into pieces of one source each. What the minifiers have added belongs to the piece before it. */
function cut(text, map) {
  const marks = [];
  eachMapping(new TraceMap(map), ({ generatedColumn, source }) => marks.push({ start: generatedColumn, name: source }));
  marks[0].start = 0;
  return marks.map(({ start, name }, index) => ({ name, code: text.slice(start, marks[index + 1]?.start) }));
}
