/** The demo page in pick mode: a wall of posters, each one toggle button. */
import { Signup } from "./signup.mjs";

const MOST_TABS = 60;

export class Picking extends Signup {
  tiles = this.element.getByRole("list", { name: "Titles to pick from" });
  posters = this.tiles.getByRole("button");
  answers = this.element.getByRole("region", { name: "Your picks" });

  async ready() {
    await this.posters.first().waitFor();
    await this.page.waitForLoadState("networkidle");
  }

  /** Titles on the wall, in reading order. */
  titles() {
    return this.posters.locator(".title").allTextContents();
  }

  /** Titles of the posters that are picked. */
  picked() {
    return this.tiles.getByRole("button", { pressed: true }).locator(".title").allTextContents();
  }

  /** Every title with its place on the page, in pixels. */
  places() {
    return this.posters.evaluateAll((posters) => posters.map((poster) => {
      const { left, top, width, height } = poster.getBoundingClientRect();
      const title = poster.querySelector(".title").textContent;
      return { title, left: left + scrollX, top: top + scrollY, width, height };
    }));
  }

  /** Titles of the answers so far, oldest first, whether on the wall or not. */
  chips() {
    return this.answers.getByRole("button").locator(".name").allTextContents();
  }

  /** What the model was told. */
  told() {
    return this.element.evaluate((element) => element.answers.map(({ item, value }) => [item.title, value]));
  }

  tap(index) {
    return this.posters.nth(index).click();
  }

  button(name) {
    return this.element.getByRole("button", { name });
  }

  /** The title of the poster that has the focus, or null. */
  focused() {
    return this.page.evaluate(() => {
      const focused = document.activeElement?.shadowRoot?.activeElement;
      return focused?.closest("ul button")?.querySelector(".title")?.textContent ?? null;
    });
  }

  /** Presses Tab until it comes to a poster. @returns {Promise<string | null>} its title */
  async tabToPoster() {
    for (let tabs = 0; tabs < MOST_TABS; tabs++) {
      await this.page.keyboard.press("Tab");
      const title = await this.focused();
      if (title) return title;
    }
    return null;
  }
}
