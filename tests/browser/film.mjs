/** `npm run film`: make the moving picture of the first five taps, an animated PNG in `www/screenshots/`. */
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import UPNG from "upng-js";
import { mouse } from "./hands.mjs";
import { chrome } from "./harness.mjs";
import { element } from "./markup.mjs";
import { Site } from "./site.mjs";
import { Widget } from "./widget.mjs";

const file = fileURLToPath(new URL("../../www/screenshots/five-taps.png", import.meta.url));
const MAX_BYTES = 1.5e6;
const COLOURS = 96;
const SIZE = { width: 1000, height: 700 };
/** Which open tile is tapped, and what is said of it. */
const TAPS = /** @type {const} */ ([[0, "Like"], [4, "Like"], [2, "Dislike"], [5, "Like"], [1, "Like"]]);
/** Milliseconds of the list's animation that are shown. */
const MOTION = [60, 140, 220, 320, 440];

const site = await new Site().start();
site.body = element("goal=5 rows=7");
const browser = await chrome(["--font-render-hinting=none"]);
const page = await browser.newPage({ viewport: SIZE });
await page.goto(site.address);
const widget = new Widget(page, mouse);
await widget.ready();
await page.addStyleTag({ url: "/page/film.css" });
await page.evaluate(prepare);

/** @type {ArrayBuffer[]} */
const frames = [];
/** @type {number[]} in milliseconds */
const delays = [];
await page.evaluate(() => globalThis.animations().forEach((own) => own.finish()));
await shoot(1200);
for (const [index, label] of TAPS) {
  const title = (await widget.open())[index];
  const button = widget.tile(title).first().getByRole("button", { name: label, exact: true });
  const { x, y, width, height } = await button.boundingBox();
  await page.evaluate(([left, top]) => globalThis.point(left, top), [x + width / 2, y + height / 2]);
  await shoot(650);
  await widget.press(button);
  for (const time of MOTION) {
    await page.evaluate((now) => globalThis.animations().forEach((own) => { own.currentTime = now; }), time);
    await shoot(80);
  }
  await page.evaluate(() => globalThis.animations().forEach((own) => own.finish()));
  await shoot(900);
  // The next question has come.
  await page.waitForFunction((before) => ![...document.querySelector("few-clicks").shadowRoot.querySelectorAll("[part~=tile-title]")].some(({ textContent }) => textContent === before), title);
  await page.waitForTimeout(600);
  await shoot(500);
}
delays[delays.length - 1] = 3000;
await browser.close();
await site.stop();

const film = Buffer.from(UPNG.encode(frames, SIZE.width, SIZE.height, COLOURS, delays));
if (film.length > MAX_BYTES) throw new Error(`the film has ${film.length} bytes, and at most ${MAX_BYTES} are wanted: lower COLOURS or SIZE`);
await writeFile(file, film);
console.log(`${file}: ${film.length} bytes, ${frames.length} frames`);

/** Take a frame, and show it for a time in milliseconds. */
async function shoot(delay) {
  const { width, height, ...image } = UPNG.decode(await page.screenshot());
  frames.push(UPNG.toRGBA8({ width, height, ...image })[0]);
  delays.push(delay);
}

/** Show a pointer, and hold the animations that begin with new recommendations. It runs in the page. */
function prepare() {
  const own = document.querySelector("few-clicks");
  const pointer = document.body.appendChild(document.createElement("div"));
  pointer.className = "pointer";
  globalThis.point = (left, top) => Object.assign(pointer.style, { left: `${left}px`, top: `${top}px` });
  globalThis.animations = () => own.shadowRoot.getAnimations().filter((animation) => !(animation instanceof CSSTransition));
  own.addEventListener("recommend", () => globalThis.animations().forEach((animation) => animation.pause()));
}
