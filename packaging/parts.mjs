/** What each of the sources costs in a minified module. */
import { brotliCompressSync } from "node:zlib";
import { eachMapping, TraceMap } from "@jridgewell/trace-mapping";

export const compressed = (text) => brotliCompressSync(text).length;

/**
 * What sources are for, as well as by themselves.
 * @type {Record<string, (name: string) => boolean>}
 */
const SORTS = {
  "all style sheets": (name) => name.includes("styles/"),
  "all words": (name) => name === "messages/en.js",
  "all of wasm-bindgen": (name) => name === "fewclicks.js",
  "all others": (name) => !name.includes("styles/") && !["messages/en.js", "fewclicks.js"].includes(name),
};

/**
 * @param {{ text: string, map: string }} module minified, of one line
 * @returns {{ name: string, raw: number, brotli: number }[]} by source and by what sources are for, the dearest first:
 *   its bytes, and how many less it would be with brotli without them
 */
export function parts({ text, map }) {
  const pieces = cut(text, map);
  const names = [...new Set(pieces.map(({ name }) => name))];
  const whole = compressed(text);
  const cost = (name, wanted) => {
    const [own, others] = [true, false].map((side) => pieces.filter((piece) => wanted(piece.name) === side).map(({ code }) => code).join(""));
    return { name, raw: Buffer.byteLength(own), brotli: whole - compressed(others) };
  };
  const dearest = (costs) => costs.sort((one, other) => other.brotli - one.brotli);
  return [
    ...dearest(names.map((name) => cost(name, (other) => other === name))),
    ...dearest(Object.entries(SORTS).map(([name, wanted]) => cost(name, wanted))),
  ];
}

/** The text in pieces, each from one source. What the minifiers have added belongs to what stands before it. */
function cut(text, map) {
  const marks = [];
  eachMapping(new TraceMap(map), ({ generatedColumn, source }) => marks.push({ start: generatedColumn, name: source }));
  marks[0].start = 0;
  return marks.map(({ start, name }, index) => ({ name, code: text.slice(start, marks[index + 1]?.start) }));
}
