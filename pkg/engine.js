/** Starts the WebAssembly model once for all elements of a page, and gives every failure a code. */

/** @typedef {import("./fewclicks.js").FewClicks} FewClicks */

/** @type {Promise<typeof import("./fewclicks.js").FewClicks> | undefined} */
let starting;

/**
 * @param {string} bundle absolute URL of a bundle folder or of its manifest
 * @returns {Promise<FewClicks>} rejects with an `Error` that carries a `code`
 */
export async function load(bundle) {
  starting ??= start();
  try {
    return await (await starting.catch(refuse)).load(bundle);
  } catch (error) {
    throw error instanceof Error && "code" in error ? error : coded("bundle", String(error), error);
  }
}

async function start() {
  const { default: init, FewClicks } = await import("./fewclicks.js");
  await init();
  return FewClicks;
}

/** A failed start is forgotten, so that a retry really tries again. @returns {never} */
function refuse(cause) {
  starting = undefined;
  const forbidden = typeof WebAssembly === "undefined" || cause instanceof WebAssembly.CompileError;
  throw forbidden
    ? coded("wasm", `This page may not run WebAssembly (${cause.message}); allow 'wasm-unsafe-eval' in script-src.`, cause)
    : coded("network", `The model could not be loaded: ${cause.message}`, cause);
}

/** An `Error` with a string `code`, as the model itself throws them. */
export function coded(code, message, cause) {
  return Object.assign(new Error(message, { cause }), { code });
}
