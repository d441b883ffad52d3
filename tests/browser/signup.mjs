/** The demo page as a visitor meets it: by the roles and names that a screen reader would give. */
import assert from "node:assert/strict";

const MOST_TABS = 200;

export class Signup {
  /** @param {import("playwright-core").Page} page */
  constructor(page) {
    this.page = page;
    this.element = page.locator("few-clicks");
    this.tiles = this.element.getByRole("list", { name: "Titles to answer" });
    this.answers = this.element.getByRole("region", { name: "Your answers" });
  }

  /** Waits for the element's first tiles, which it shows just before its `ready` event. */
  async ready() {
    await this.tiles.getByRole("button", { name: "Like", exact: true }).first().waitFor();
    await this.page.waitForLoadState("networkidle");
  }

  /** The recommendations as they are read: title and reason, best first. */
  async recommendations() {
    const region = this.element.getByRole("region", { name: /^(A first guess|Picked for you)$/ });
    const rows = await region.getByRole("listitem").all();
    return Promise.all(rows.map(async (row) => {
      const [title, because] = await Promise.all([".title", ".because"].map((part) => row.locator(part).textContent()));
      return { title, because };
    }));
  }

  /** How many answers the progress bar counts. */
  async count() {
    return Number(await this.element.getByRole("progressbar").getAttribute("aria-valuenow"));
  }

  /** The answers so far as their buttons are named, such as "Heat: Liked. Change". */
  async answered() {
    const chips = await this.answers.getByRole("button", { name: /Change$/ }).all();
    return Promise.all(chips.map((chip) => chip.getAttribute("aria-label")));
  }

  /** Answers the first open tile with the mouse. @param {string} label of the button @returns {Promise<string>} the title */
  async click(label) {
    const pressed = this.page.getByRole("button", { pressed: true });
    const title = await this.tiles.getByRole("group").filter({ hasNot: pressed }).first().locator(".title").textContent();
    await this.tiles.getByRole("group", { name: title, exact: true }).getByRole("button", { name: label, exact: true }).click();
    return title;
  }

  /**
   * Answers with the keyboard alone: Tab from wherever the focus is to an open tile's button, then `key`.
   * @param {string} label of the button
   * @param {"Enter" | "Space"} key
   * @returns {Promise<string>} the title
   */
  async press(label, key) {
    for (let tabs = 0; tabs < MOST_TABS; tabs++) {
      await this.page.keyboard.press("Tab");
      const title = await this.page.evaluate(focusedTile, label);
      if (title === null) continue;
      await this.page.keyboard.press(key);
      return title;
    }
    throw new assert.AssertionError({ message: `no open tile's "${label}" is reached by ${MOST_TABS} presses of Tab` });
  }

  async undo() {
    await this.element.getByRole("button", { name: "Undo last" }).click();
  }
}

/** In the page: the title of the open tile whose button `label` has the focus, or null. */
function focusedTile(label) {
  const focused = document.activeElement?.shadowRoot?.activeElement;
  const tile = focused?.closest("[role=group][aria-labelledby]");
  if (focused?.getAttribute("aria-label") !== label || !tile || tile.querySelector("[aria-pressed=true]")) return null;
  return tile.querySelector(".title").textContent;
}
