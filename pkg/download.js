/** Brings a bundle's files to the model, piece by piece, as they arrive. It imports nothing: the model imports it. */

const MANIFEST = "manifest.json";
/** The files beside the manifest, as the loader numbers them. */
const PARTS = ["weights", "catalogue"];

/**
 * @param {import("./fewclicks.js").Loader} loader
 * @param {unknown} source what `FewClicks.load` was given
 * @param {((progress: import("./fewclicks.js").Progress) => void) | undefined} watch
 * @returns {Promise<import("./fewclicks.js").FewClicks>} rejects with an `Error` that carries a `code`
 */
export async function download(loader, source, watch) {
  const stop = new AbortController();
  const open = typeof source === "string" || source instanceof URL ? files(String(source), stop.signal) : given(source);
  const manifest = [];
  for await (const piece of open("manifest", MANIFEST)) manifest.push(piece);
  const { entries, ...about } = loader.manifest(new Uint8Array(await new Blob(manifest).arrayBuffer()));
  const total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  let loaded = 0;
  const tell = () => watch?.({ loaded, total, ...about });
  tell();
  const load = async (name, part) => {
    for await (const piece of open(name, entries[part].file)) {
      loader.take(part, piece);
      loaded += piece.length;
      tell();
    }
    // A page that came over http has no hashes: there, what was changed on the way could change them as well.
    const hash = await loader.hash(part);
    if (hash) loader.compare(part, hexadecimal(hash));
  };
  try {
    await Promise.all(PARTS.map(load));
  } catch (error) {
    stop.abort();
    throw error;
  }
  return loader.bundle();
}

/** @param {Uint8Array} bytes @returns {Promise<ArrayBuffer> | undefined} none where the browser offers no hashes */
export const digest = (bytes) => globalThis.crypto?.subtle?.digest("SHA-256", bytes);

const hexadecimal = (hash) => Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** The files in a folder. @param {string} url of the folder or of its manifest */
function files(url, signal) {
  const [, path, query] = /^([^?#]*)(.*)$/s.exec(url);
  // Nothing at all is the page's own folder.
  const folder = path.endsWith(MANIFEST) ? path.slice(0, -MANIFEST.length) : path && `${path.replace(/\/+$/, "")}/`;
  return async function* (_, file) {
    const address = folder + file + (file === MANIFEST ? query : "");
    try {
      const response = await fetch(address, { signal });
      if (!response.ok) throw new Error(`status ${response.status} ${response.statusText}`.trim());
      const reader = response.body.getReader();
      for (let read; !(read = await reader.read()).done; ) yield read.value;
    } catch (cause) {
      const advice = "is the bundle's folder on the server, and is its address right?";
      throw failure("network", `${address}: ${cause?.message ?? cause} (${advice})`);
    }
  };
}

/** The files in an object. */
function given(source) {
  const wrong = (what) =>
    failure("bad-source", `${what}: expected an address, or an object with manifest, weights, catalogue as Uint8Array`);
  if (Object(source) !== source) throw wrong(`cannot load from ${String(source)}`);
  const content = {};
  for (const name of ["manifest", ...PARTS]) {
    try {
      content[name] = source[name];
    } catch {
      // Nothing there, then.
    }
    if (!(content[name] instanceof Uint8Array)) throw wrong(`source.${name} is no Uint8Array`);
  }
  return (name) => [content[name]];
}

const failure = (code, message) => Object.assign(new Error(message), { name: "FewClicksError", code });
