/** The documentation site: it builds, no link in it is dead, and its recipes run. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { bundle, launch, openPage } from "../../tests/browser/harness.mjs";
import { root } from "../paths.mjs";
import { site } from "./site.mjs";

const out = join(root, "target/site");
let browser;

before(async () => {
  try {
    // A link to a page that is not there, or to a file that the repository does not have, ends the build.
    execFileSync(process.env.NPM ?? "npm", ["run", "--silent", "site"], {
      cwd: join(root, "packaging"), encoding: "utf8", stdio: "pipe", env: { ...process.env, BUNDLE: bundle("demo") },
    });
  } catch ({ stdout, stderr }) {
    assert.fail(stdout + stderr);
  }
  browser = await launch();
});
after(() => browser?.close());

const pages = () => readdirSync(out).filter((name) => name.endsWith(".html") && name !== "404.html");
const text = (name) => readFileSync(join(out, name), "utf8");
const anchors = (name) => [...text(name).matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);

test("every document is a page", () => {
  const documents = readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md")).map((name) => name.replace("README", "index").replace(".md", ".html"));
  assert.deepEqual(pages().sort(), documents.sort());
});

test("every link leads to a page, and every fragment to a heading of it", () => {
  let links = 0;
  for (const from of pages()) {
    const [, body] = text(from).split("<main");
    for (const [, href] of body.matchAll(/<a [^>]*href="([^"]+)"/g)) {
      if (/^https?:/.test(href)) continue;
      const [path, fragment] = href.split("#");
      const page = path ? path.replace(/^\//, "").replace(/(\.html)?$/, ".html").replace(/^\.html$/, "index.html") : from;
      assert.ok(existsSync(join(out, page)), `${from}: ${href}`);
      if (fragment) assert.ok(anchors(page).includes(decodeURIComponent(fragment)), `${from}: ${href}`);
      links++;
    }
  }
  assert.ok(links > 20, `${links} links were looked at`);
});

test("the recipes run: on a page, picking and with tools of the list", async (t) => {
  const { address, stop } = await site({ "/": out }, {
    "script-src": "'self' 'unsafe-inline' 'wasm-unsafe-eval'", "style-src": "'self' 'unsafe-inline'", "img-src": "'self' data:", "font-src": "'self'",
  });
  t.after(stop);
  const { page, problems } = await openPage(browser.context, `${address}EMBEDDING.html`);
  t.after(() => page.close());
  const elements = page.locator(".live few-clicks");
  await page.locator(".live few-clicks [part~=recommendation]").first().waitFor();
  assert.equal(await elements.count(), 3);
  const [plain, picking, list] = [0, 1, 2].map((index) => elements.nth(index));
  await plain.getByRole("button", { name: "Like", exact: true }).first().click();
  await plain.getByText("Picked for you").waitFor();
  await picking.locator("[part~=tile]").first().click();
  await picking.locator("[part~=tile]").nth(8).waitFor();
  await list.locator("[part~=list-share]").waitFor();
  assert.deepEqual(problems, []);
});
