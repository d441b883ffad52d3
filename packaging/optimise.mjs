/** Optimise the WebAssembly with Binaryen's wasm-opt. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const wasmOpt = fileURLToPath(new URL("node_modules/binaryen/bin/wasm-opt", import.meta.url));

/** -Oz and -O3 give as fast a module and no smaller one: brotli finds less to repeat in large functions. */
const OPTIONS = [
  "-Os", "--one-caller-inline-max-function-size=20",
  "--detect-features", "--strip-debug", "--strip-producers", "--strip-target-features",
];

/** Optimise a module for size, and strip what only tools read. @param {string} from path of the module @param {string} to path */
export function optimise(from, to) {
  execFileSync(process.execPath, [wasmOpt, from, ...OPTIONS, "-o", to], { stdio: ["ignore", "ignore", "inherit"] });
}
