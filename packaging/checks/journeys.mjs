/** Where a visitor of an example goes on from the first recommendations: pages that a script makes like another one. */
import assert from "node:assert/strict";

/** @import { Locator, Page } from "playwright-core" */

/** @typedef {{ page: Page, element: Locator, requests: string[] }} Opened */

/** Number of tiles on the wall. */
const TILES = 9;

/** @type {Record<string, (opened: Opened) => Promise<void>>} */
export const JOURNEYS = {
  async turbo({ page, element }) {
    await element.evaluate((own) => { globalThis.first = own; });
    const list = await page.locator("#list li").allTextContents();
    await rendered(page, "Refresh");
    assert.ok(await page.evaluate(() => document.querySelector("few-clicks") === globalThis.first), "a refresh keeps the element");
    await asks(element, 1);
    assert.deepEqual(await page.locator("#list li").allTextContents(), list);
    await rendered(page, "About");
    await page.goBack();
    await asks(element, 1);
    await element.getByRole("button", { name: "Dislike", exact: true }).last().click();
    await asks(element, 2);
    await page.reload();
    await asks(element, 2);
  },

  async htmx({ page, element }) {
    await page.getByLabel("Your name").fill("Ada");
    const [request] = await Promise.all([page.waitForRequest(/signup/), page.getByRole("button", { name: "Save" }).click()]);
    await page.getByText("Saved.").waitFor();
    assert.deepEqual([request.method(), new URL(request.url()).search], ["POST", ""], "no answer is in an address");
    const sent = new URLSearchParams(request.postData());
    assert.deepEqual([...sent.keys()], ["who", "taste"], "the fallback is not sent");
    assert.equal(JSON.parse(sent.get("taste")).length, 1);
    await asks(element, 1);
    await element.getByRole("button", { name: "Dislike", exact: true }).last().click();
    await asks(element, 2);
  },
};

/** Follow a link, and wait until Turbo has drawn the page. @param {Page} page @param {string} name */
async function rendered(page, name) {
  await page.evaluate(() => {
    globalThis.rendered = new Promise((resolve) => { addEventListener("turbo:load", resolve, { once: true }); });
  });
  await page.getByRole("link", { name }).click();
  await page.evaluate(() => globalThis.rendered);
}

/** Check that a whole wall is there, with answers. @param {Locator} element @param {number} answers */
async function asks(element, answers) {
  await element.locator(`[part~=progress][aria-valuenow="${answers}"]`).waitFor();
  await element.locator("[part~=tile]").nth(TILES - 1).waitFor();
  assert.equal(await element.locator("[part~=tile-title]").count(), TILES);
}
