/** `npm run screenshots`: take the pictures in `docs/screenshots/`, of each width and look, and of each state. */
import { execFileSync } from "node:child_process";
import { readdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import UPNG from "upng-js";
import { mouse } from "./hands.mjs";
import { chrome } from "./harness.mjs";
import { element, FALLBACK } from "./markup.mjs";
import { missing, Site, slowly } from "./site.mjs";
import { STATES } from "./states.mjs";
import { Widget } from "./widget.mjs";

const folder = fileURLToPath(new URL("../../docs/screenshots/", import.meta.url));
const COLOURS = 128;
const MARGIN = 16;
const WIDTHS = { phone: 390, tablet: 768, desktop: 1280 };
const LOOKS = { light: {}, dark: { colorScheme: "dark" }, arabic: { lang: "ar" }, korean: { lang: "ko" } };

/** Other pictures in the folder stay. */
const OWN = new RegExp(`-(${Object.keys(WIDTHS).join("|")})\\.png$`);

const { answered, ...others } = STATES;

if (!execFileSync("fc-list", [":lang=ko"]).length) throw new Error("no font here has Korean, and the pictures would show boxes: install one, such as fonts-noto-cjk");

const site = await new Site().start();
const browser = await chrome(["--font-render-hinting=none"]);
for (const name of await readdir(folder)) if (OWN.test(name)) await rm(folder + name);

for (const [size, width] of Object.entries(WIDTHS)) {
  for (const [look, options] of Object.entries(LOOKS)) await shoot(`${look}-${size}`, answered, { width, ...options });
}
for (const [name, state] of Object.entries(others)) {
  for (const size of ["phone", "desktop"]) await shoot(`${name}-${size}`, state, { width: WIDTHS[size] });
}

await browser.close();
await site.stop();

async function shoot(name, { attributes = "", fault, slow, reach }, { width, lang = "en", colorScheme = "light" }) {
  site.reset();
  // A paragraph before it keeps the margin inside the picture.
  site.body = `<p></p>${element(attributes, FALLBACK)}`;
  site.language = `lang="${lang}" dir="${lang === "ar" ? "rtl" : "ltr"}"`;
  if (fault) site.faults.set(/films\/manifest/, missing);
  if (slow) site.faults.set(slow, slowly);
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(site.address);
  const widget = new Widget(page, mouse);
  if (fault) await widget.heard("error", 1);
  else if (!slow) await widget.ready();
  await reach?.(widget);
  await page.mouse.move(0, 0);
  // Boxes are measured from the top of the window, and cut from the top of the page.
  await page.evaluate(() => scrollTo(0, 0));
  await page.waitForTimeout(2000);
  const box = await widget.element.boundingBox();
  const clip = { x: box.x - MARGIN, y: box.y - MARGIN, width: box.width + 2 * MARGIN, height: box.height + 2 * MARGIN };
  await writeFile(`${folder}${name}.png`, smaller(await page.screenshot({ clip, fullPage: true })));
  await context.close();
}

/** Reduce the colours of a picture to a palette: a third of the bytes. */
function smaller(png) {
  const { width, height, ...image } = UPNG.decode(png);
  return Buffer.from(UPNG.encode(UPNG.toRGBA8({ width, height, ...image }), width, height, COLOURS));
}
