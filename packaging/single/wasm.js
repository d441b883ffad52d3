/** Replaces `wasm.js` in the single file: the bytes are inside. */
import deflated from "../../pkg/fewclicks_bg.wasm";

/** Inflate the WebAssembly: base64 of the plain bytes compresses badly. */
export async function fetchWasm() {
  const bytes = Uint8Array.from(atob(deflated), (character) => character.charCodeAt(0));
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return { bytes: await new Response(inflated).arrayBuffer(), address: "the WebAssembly inside this file" };
}
