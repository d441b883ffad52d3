/** Optimise the WebAssembly with Binaryen's wasm-opt. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const wasmOpt = fileURLToPath(new URL("node_modules/binaryen/bin/wasm-opt", import.meta.url));

/**
 * Functions in the order of their names, so that generic functions of several types are neighbours, compress better. Nothing is
 * stored in the lowest kilobyte of memory: it is the end of the stack. -Oz and -O3 give as fast a module and no smaller one:
 * brotli finds less to repeat in large functions.
 */
const OPTIONS = [
  "--detect-features", "--reorder-functions-by-name",
  "-Os", "--one-caller-inline-max-function-size=30", "--low-memory-unused", "--flatten", "--rereloop", "-Os", "--gufa", "-Os",
  "--simplify-locals-notee-nostructure", "--coalesce-locals", "--vacuum", "-Os", "--converge",
];

/** Options of a run of its own: `--converge` would repeat them. */
const STRIP = ["--detect-features", "--reorder-locals", "--minify-imports-and-exports-and-modules", "--strip-debug", "--strip-producers", "--strip-target-features"];

/**
 * Optimise a module for size, strip what only tools read, and shorten the names of imports and exports.
 * @param {string} from path of the module
 * @param {string} to path
 * @returns {import("./glue.mjs").ShortNames}
 */
export function optimise(from, to) {
  /** @param {string[]} args @returns {string} what it prints */
  const run = (...args) => execFileSync(process.execPath, [wasmOpt, ...args, "-o", to], { stdio: ["ignore", "pipe", "inherit"] }).toString();
  run(from, ...OPTIONS);
  return JSON.parse(run(to, ...STRIP));
}
