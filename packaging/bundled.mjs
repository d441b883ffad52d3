/** The package as a bundler makes it part of a page. */
import { build } from "vite";

/**
 * @param {string} entry path of a published module
 * @returns {Promise<string>} what Vite, with its own minifier, makes of it and all that every page loads with it
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
