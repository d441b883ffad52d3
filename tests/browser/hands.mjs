/** Three ways to use a page. Each presses what a locator finds, and only as a person could. */
import assert from "node:assert/strict";

const MOST_TABS = 250;

/**
 * @typedef {object} Hand
 * @property {string} name
 * @property {import("playwright-core").BrowserContextOptions} context what the browser must be for it
 * @property {(target: import("playwright-core").Locator) => Promise<void>} press
 */

/** @type {Hand} */
export const mouse = { name: "mouse", context: {}, press: (target) => target.click() };

/** @type {Hand} */
export const touch = {
  name: "touch",
  context: { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } },
  press: (target) => target.tap(),
};

let presses = 0;

/** Tab from wherever the focus is, and then Enter and Space by turns. @type {Hand} */
export const keyboard = {
  name: "keyboard",
  context: {},
  async press(target) {
    await tabTo(target);
    await target.page().keyboard.press(presses++ % 2 ? "Space" : "Enter");
  },
};

/** @param {import("playwright-core").Locator} target */
export async function tabTo(target) {
  for (let tabs = 0; tabs < MOST_TABS; tabs++) {
    if (await target.evaluate((node) => node.getRootNode().activeElement === node)) return;
    await target.page().keyboard.press("Tab");
  }
  assert.fail(`${target} is not reached by ${MOST_TABS} presses of Tab`);
}
