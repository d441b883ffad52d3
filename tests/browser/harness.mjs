/** What the browser tests share: the trainer's command line and server, the browsers, and pages that record requests and errors. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import puppeteer from "puppeteer-core";

const root = fileURLToPath(new URL("../../", import.meta.url));
const trainer = process.env.TRAINER ?? join(root, "target/release/trainer");
const bundles = process.env.BUNDLES ?? join(root, "target/browser-tests");

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** Flags for Chromium in a container, without requests of its own. */
const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

export const SCREEN = { reducedMotion: "reduce", viewport: { width: 1280, height: 900 } };

/** @param {string} name of a file that `cargo xtask test` has made beside the bundles @returns {string} its path */
export const made = (name) => join(bundles, name);

/** @param {string} name of a bundle that `cargo xtask test` has made @returns {string} its folder */
export function bundle(name) {
  const folder = join(bundles, name);
  if (existsSync(join(folder, "manifest.json"))) return folder;
  throw new Error(`there is no bundle in ${folder}: make it with \`cargo xtask test --only browser\``);
}

/** Run `trainer` to its end. @param {...string} words of its command line */
export async function train(...words) {
  const child = spawn(trainer, words, { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  const [status] = await once(child, "exit");
  if (status !== 0) throw new Error(`\`trainer ${words.join(" ")}\` ended with status ${status}; its message is above`);
}

/**
 * Start `trainer serve` on a free port.
 * @param {string} folder of the bundle
 * @returns {Promise<{ address: string, stop: () => Promise<void> }>} `address` ends with a slash
 */
export async function serve(folder) {
  const child = spawn(trainer, ["serve", "--bundle", folder, "--port", "0"], { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  for await (const line of createInterface(child.stdout)) {
    const [address] = line.match(/http:\/\/127\.0\.0\.1:\d+\//) ?? [];
    if (address) return { address, stop: async () => { child.kill(); await ended; } };
  }
  throw new Error("`trainer serve` ended without printing its address; its message is above");
}

/** Start Firefox, over WebDriver BiDi. @returns {Promise<import("puppeteer-core").Browser>} */
export function firefox() {
  return puppeteer.launch({
    browser: "firefox",
    executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr",
    headless: true,
    defaultViewport: SCREEN.viewport,
    extraPrefsFirefox: { "ui.prefersReducedMotion": 1 },
  });
}

/** Start Chromium. Every context in it has a profile of its own. @param {string[]} flags besides the usual ones */
export function chrome(flags = []) {
  return chromium.launch({ executablePath, args: [...FLAGS, ...flags] });
}

/**
 * Start Chromium with a profile of its own.
 * @returns {Promise<{ context: import("playwright-core").BrowserContext, close: () => Promise<void> }>}
 */
export async function launch() {
  const profile = await mkdtemp(join(tmpdir(), "fewclicks-chromium-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: FLAGS,
    ...SCREEN,
  });
  const close = async () => {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  };
  return { context, close };
}

/**
 * Open `url` in a page that records every request, every error, and whatever the Content Security Policy refuses.
 * @param {import("playwright-core").BrowserContext} context
 * @param {string} url
 */
export async function openPage(context, url) {
  const page = await context.newPage();
  const requests = [];
  const problems = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("pageerror", (error) => problems.push(`uncaught ${error}`));
  page.on("console", (message) => message.type() === "error" && problems.push(`console: ${message.text()}`));
  await page.exposeFunction("noteViolation", (text) => problems.push(`refused by the policy: ${text}`));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
      globalThis.noteViolation(`${violatedDirective} ${blockedURI}`));
  });
  const response = await page.goto(url);
  return { page, response, requests, problems };
}
