/** Replaces `fewclicks.js` in the single file: the same, with the WebAssembly inside. */
import init from "../../pkg/fewclicks.js";
import deflated from "../../pkg/fewclicks_bg.wasm";

export * from "../../pkg/fewclicks.js";

/** Start WebAssembly from the deflated bytes: base64 of the plain ones compresses badly. */
export default function start() {
  const bytes = Uint8Array.from(atob(deflated), (character) => character.charCodeAt(0));
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return init({ module_or_path: new Response(inflated, { headers: { "content-type": "application/wasm" } }) });
}
