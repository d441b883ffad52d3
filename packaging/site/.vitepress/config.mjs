/** The documentation site: docs/ as pages, with live recipes. `npm run site` builds it into target/site. */
import { cpSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root, staged } from "../../paths.mjs";
import { live, repositoryLinks } from "../markdown.mjs";

/** Path that the site is served under; ends with a slash. */
const base = process.env.BASE ?? "/";

const docs = join(root, "docs");
const files = join(root, "target/site-files");

/** Bundles for the recipes, the first that is there: what `cargo xtask demo` and the browser tests have made. */
const BUNDLES = [process.env.BUNDLE, join(root, "www/bundle"), join(root, "target/browser-tests/demo")];
const bundle = BUNDLES.find((folder) => folder && existsSync(join(folder, "manifest.json")));

rmSync(files, { recursive: true, force: true });
mkdirSync(files, { recursive: true });
if (!existsSync(staged)) throw new Error(`there is no package in ${staged}: build it with \`cargo xtask package\``);
cpSync(staged, join(files, "few-clicks"), { recursive: true, filter: (path) => !/\.(d\.ts|map|md)$/.test(path) });
if (bundle) cpSync(bundle, join(files, "bundle"), { recursive: true });

const VUE = [["vue", "vue/dist/vue.runtime.esm-bundler.js"], ["vue/server-renderer", "vue/server-renderer"]];

const page = (text, name) => ({ text, link: `/${name}` });

export default {
  base,
  srcDir: docs,
  srcExclude: ["screenshots/**"],
  outDir: join(root, "target/site"),
  cacheDir: join(root, "target/site-cache"),
  rewrites: { "README.md": "index.md" },
  title: "fewclicks",
  description: "A recommender that knows a new user after a few clicks, inside the browser",
  lang: "en",
  head: [["script", { type: "module", src: `${base}few-clicks/few-clicks.js` }]],
  vite: {
    publicDir: files,
    logLevel: "warn",
    // The pages lie outside of this folder, and would find no Vue.
    resolve: { alias: VUE.map(([name, file]) => ({ find: new RegExp(`^${name}$`), replacement: fileURLToPath(import.meta.resolve(file)) })) },
  },
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag === "few-clicks" } } },
  markdown: {
    config: (markdown) => {
      markdown.use(repositoryLinks, docs);
      markdown.use(live, { base, there: Boolean(bundle) });
    },
  },
  themeConfig: {
    search: { provider: "local" },
    outline: [2, 3],
    socialLinks: [{ icon: "github", link: "https://github.com/fewclicks/fewclicks" }],
    sidebar: [
      { text: "On a page", items: [page("Putting it on a page", "EMBEDDING"), page("The element", "API"), page("Privacy", "PRIVACY"), page("Measuring it", "MEASURE")] },
      { text: "Behind it", items: [page("Data", "DATA"), page("The model", "MODEL"), page("Every night", "NIGHTLY"), page("On several machines", "CLUSTER")] },
    ],
  },
};
