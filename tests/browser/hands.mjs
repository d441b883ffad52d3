/** Three ways to press what a locator finds: mouse, touch and keyboard. */
import assert from "node:assert/strict";

const MAX_TABS = 250;

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

/** Tab to the target, then press Enter and Space by turns. @type {Hand} */
export const keyboard = {
  name: "keyboard",
  context: {},
  async press(target) {
    await tabTo(target);
    await target.page().keyboard.press(presses++ % 2 ? "Space" : "Enter");
  },
};

/** Move the focus by Tab. @param {import("playwright-core").Locator} target */
export async function tabTo(target) {
  for (let tabs = 0; tabs < MAX_TABS; tabs++) {
    if (await target.evaluate((node) => node.getRootNode().activeElement === node)) return;
    await target.page().keyboard.press("Tab");
  }
  assert.fail(`${target} is not reached by ${MAX_TABS} presses of Tab`);
}
