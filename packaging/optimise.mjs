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
  "-Os", "--one-caller-inline-max-function-size=30", "--low-memory-unused", "--flatten", "--rereloop", "-Os", "--converge",
  "--strip-debug", "--strip-producers", "--strip-target-features",
];

/** Optimise a module for size, and strip what only tools read. @param {string} from path of the module @param {string} to path */
export function optimise(from, to) {
  execFileSync(process.execPath, [wasmOpt, from, ...OPTIONS, "-o", to], { stdio: ["ignore", "ignore", "inherit"] });
}
