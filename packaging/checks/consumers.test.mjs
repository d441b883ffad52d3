/** Build every example from the packed tarball, and open it in Chromium up to the first recommendations after an answer. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { createServer } from "vite";
import { bundle, launch, openPage } from "../../tests/browser/harness.mjs";
import { manifest } from "../manifest.mjs";
import { version } from "../paths.mjs";
import { integrity } from "../sizes.mjs";
import { about, build, copied, install, installed, names } from "./examples.mjs";
import { JOURNEYS } from "./journeys.mjs";
import { site } from "./site.mjs";

const LIST = 8;

const [{ declarations: [{ cssParts }] }] = manifest().modules;
const PARTS = new Set(cssParts.map(({ name }) => name));

let browser;
before(async () => {
  install();
  browser = await launch();
});
after(() => browser?.close());

/** The folder to serve of each example, after `npm run build`. Those that take longest come first. */
const BUILT = {
  next: "out", angular: "dist/browser", nuxt: ".output/public", astro: "dist", webpack: "public", "react-server": "dist", react: "dist",
  vue: "dist", svelte: "dist", turbo: "dist", htmx: "dist", vite: "dist", esbuild: "public",
};

/** What the policy must allow besides. */
const POLICIES = {
  // Next and Nuxt write scripts into their pages, Turbo the style of its progress bar.
  next: { "script-src": "'self' 'unsafe-inline' 'wasm-unsafe-eval'" },
  nuxt: { "script-src": "'self' 'unsafe-inline' 'wasm-unsafe-eval'" },
  turbo: { "style-src": "'unsafe-inline'" },
};

describe("production builds", { concurrency: 2 }, () => {
  for (const [name, folder] of Object.entries(BUILT)) {
    test(`${name}: the production build recommends`, async (t) => {
      const copy = copied(name);
      await build(copy);
      const opened = await visit(t, await site({ "/": join(copy, folder), "/bundle/": bundle("demo") }, POLICIES[name]));
      await JOURNEYS[name]?.(opened);
      assert.deepEqual(opened.problems, [], "no error on the way");
    });
  }
});

test("plain: the package's files recommend as they are", async (t) => {
  await visit(t, await site({ "/": copied("plain"), "/few-clicks/": installed, "/bundle/": bundle("demo") }));
});

test("single-file: from another origin, vouched for by its hash, it recommends", async (t) => {
  const folder = copied("single-file");
  const file = join(installed, "dist/few-clicks.js");
  const cdn = await site({ "/": join(installed, "dist") });
  t.after(cdn.stop);
  rewrite(join(folder, "index.html"), "https://cdn.example/", cdn.address);
  rewrite(join(folder, "index.html"), "sha384-…", integrity(readFileSync(file)));
  const origin = cdn.address.slice(0, -1);
  const policy = { "script-src": `'self' ${origin} 'wasm-unsafe-eval'`, "worker-src": "blob:" };
  await visit(t, await site({ "/": folder, "/bundle/": bundle("demo") }, policy));
});

test("vite: the development server recommends", async (t) => {
  const root = copied("vite");
  const files = await site({ "/bundle/": bundle("demo") });
  t.after(files.stop);
  const proxy = { "/bundle/": files.address, "/favicon.ico": files.address };
  // Installed by someone else, the package lies inside the example's folder.
  const fs = { allow: [root, installed] };
  const server = await createServer({ root, logLevel: "error", server: { host: "127.0.0.1", port: 0, proxy, fs } });
  await server.listen();
  await visit(t, { address: server.resolvedUrls.local[0], stop: () => server.close() });
});

test("every example is visited, and depends on what is tested here", () => {
  assert.deepEqual([...Object.keys(BUILT), "plain", "single-file"].sort(), names.sort());
  const own = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).devDependencies;
  const tested = { ...own, fewclicks: `^${version}` };
  for (const name of Object.keys(BUILT)) {
    const { dependencies, devDependencies } = about(name);
    for (const [needed, at] of Object.entries({ ...dependencies, ...devDependencies })) {
      assert.equal(at, tested[needed], `examples/${name} asks for ${needed}`);
    }
  }
});

function rewrite(file, from, to) {
  const text = readFileSync(file, "utf8");
  assert.ok(text.includes(from), `${file} has ${from}`);
  writeFileSync(file, text.replace(from, to));
}

/** Answer one question, and check the list that the example's own code shows. @returns what `openPage` returns, and the element */
async function visit(t, { address, stop }) {
  t.after(stop);
  const opened = await openPage(browser.context, address);
  const { page, requests, problems } = opened;
  t.after(() => page.close());
  const element = page.locator("few-clicks");
  const like = element.getByRole("button", { name: "Like", exact: true }).first();
  await like.waitFor();
  await page.waitForLoadState("networkidle");
  assert.ok(await element.getByRole("heading", { name: "What have you seen?" }).isVisible(), "a property was set");
  assert.equal(await page.locator("#list li").count(), 0, "nothing was answered yet");

  requests.length = 0;
  await like.click();
  const rows = page.locator("#list li");
  await rows.first().waitFor();
  const titles = await rows.allTextContents();
  assert.equal(new Set(titles).size, LIST, `the example's list has ${titles}`);
  assert.deepEqual(requests, [], "no request once it is ready");
  assert.deepEqual(problems, [], "no error, and nothing that the policy refused");
  const parts = await element.evaluate(({ shadowRoot }) =>
    [...shadowRoot.querySelectorAll("[part]")].flatMap(({ part }) => [...part]));
  assert.deepEqual(parts.filter((name) => !PARTS.has(name)), [], "every part is described in pkg/element.d.ts");
  const inWorker = await element.evaluate(({ worker }) => worker);
  assert.equal(page.workers().length, Number(inWorker), "the model runs in a worker where the example says so");
  return { ...opened, element };
}
