/** Build each contender as a site would serve it: one minified module, and its WebAssembly beside it. */
import { copyFile, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));

export const OURS = "fewclicks";

export const CONTENDERS = [OURS, "plain-js", "tfjs-wasm"];

/**
 * @param {string} folder to write into
 * @param {string} published folder of the npm package as it is published
 * @returns {Promise<Record<string, number>>} by contender, the bytes of all that it loads but the model, in brotli
 */
export async function pack(folder, published) {
  const wasm = {
    [OURS]: join(published, "fewclicks_bg.wasm"),
    "tfjs-wasm": join(here, "node_modules/@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm"),
  };
  const payload = {};
  for (const name of CONTENDERS) {
    const files = [join(folder, `${name}.js`)];
    await build({
      entryPoints: [join(here, `contenders/${name}.js`)], outfile: files[0],
      bundle: true, minify: true, format: "esm", target: "es2022", platform: "browser", logLevel: "warning",
      alias: { "fewclicks/model": join(published, "fewclicks.js") },
    });
    if (wasm[name]) {
      const file = join(folder, wasm[name].split("/").at(-1));
      await copyFile(wasm[name], file);
      files.push(file);
    }
    const sizes = await Promise.all(files.map(brotliBytes));
    payload[name] = sizes.reduce((sum, size) => sum + size);
  }
  return payload;
}

/** Compute the size of a file in brotli, quality 11. @param {string} file @returns {Promise<number>} bytes */
export async function brotliBytes(file) {
  const content = await readFile(file);
  const packed = await promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  return packed.length;
}
