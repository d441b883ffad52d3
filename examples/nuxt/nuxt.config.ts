/** Rendered once, when it is built; on a server of its own, build with `nuxt build`. */
export default defineNuxtConfig({
  compatibilityDate: "2026-01-01",
  telemetry: false,
  // The page loads no data. A newer patch of a package of Nuxt's refuses the name under which it would be kept.
  experimental: { payloadExtraction: false },
  vue: { compilerOptions: { isCustomElement: (tag) => tag === "few-clicks" } },
});
