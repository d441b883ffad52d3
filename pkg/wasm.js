/** Fetch the WebAssembly. A file of its own: the single-file build has the bytes inside. */
import { fewClicksError, messageOf } from "./error.js";

/** @typedef {{ bytes: ArrayBuffer, address: string }} Wasm */

/**
 * Fetch the WebAssembly in pieces.
 * @param {() => void} arrived called with each piece
 * @param {AbortSignal} signal
 * @returns {Promise<Wasm>}
 * @throws an error of code `network` that names the address
 */
export async function fetchWasm(arrived, signal) {
  const address = new URL("./fewclicks_bg.wasm", import.meta.url).href;
  try {
    const response = await fetch(address, { signal });
    if (!response.ok) throw new Error(`status ${response.status} ${response.statusText}`);
    const reader = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (response.body).getReader();
    const pieces = [];
    for (;;) {
      const { value } = await reader.read();
      if (!value) break;
      arrived();
      pieces.push(value);
    }
    return { bytes: await new Blob(pieces).arrayBuffer(), address };
  } catch (cause) {
    throw fewClicksError("network", `${address}: ${messageOf(cause)}`, cause);
  }
}
