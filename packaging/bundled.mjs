/** Bundle the package as part of a page. */
import { build } from "vite";

/**
 * Bundle a published module with Vite and its minifier.
 * @param {string} entry path of the module
 * @returns {Promise<string>} the module and all that every page loads with it
 */
export async function bundled(entry) {
  const { output } = await build({
    root: import.meta.dirname, configFile: false, logLevel: "error",
    build: {
      write: false, modulePreload: false, target: "esnext",
      rollupOptions: { input: entry, preserveEntrySignatures: "strict" },
    },
  });
  return output.find(({ isEntry }) => isEntry).code;
}
