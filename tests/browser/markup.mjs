/** Markup for the test page, and what its form's receiver has received. */

/** Return an element. @param {string} [attributes] @param {string} [inside] slotted content */
export const element = (attributes = "", inside = "") => `<few-clicks bundle="/films" ${attributes}>${inside}</few-clicks>`;

/** Return a form with an element. @param {string} [attributes] of the element @param {string} [inside] the element */
export const form = (attributes = "", inside = "") => `
  <form action="/received" method="post">
    <label>Your name <input name="who" value="Ada"></label>
    ${element(`name="taste" ${attributes}`, inside)}
    <button>Send</button> <button type="reset">Clear</button>
  </form>`;

export const FALLBACK = `
  <fieldset slot="fallback">
    <legend>Your taste</legend>
    <label>A film you like <input name="favourite" value="Heat"></label>
  </fieldset>`;

/** @param {import("playwright-core").Page} page */
export async function send(page) {
  await page.getByRole("button", { name: "Send" }).click();
}

/** @param {import("playwright-core").Page} page @returns {Promise<[string, string][]>} what the receiver got, in order */
export async function sent(page) {
  await page.waitForURL("**/received*");
  return JSON.parse(await page.locator("pre").textContent());
}
