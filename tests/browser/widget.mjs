/** The element as a test uses it: by roles and accessible names, and by its public parts. */
import assert from "node:assert/strict";

const PATIENCE = 10_000;

/** Wait until `look` returns `expected`. */
export async function eventually(look, expected, message) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    try {
      return assert.deepEqual(await look(), expected, message);
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => { setTimeout(resolve, 20); });
    }
  }
}

export class Widget {
  /** @param {import("playwright-core").Page} page @param {import("./hands.mjs").Hand} hand @param {string} [selector] */
  constructor(page, hand, selector = "few-clicks") {
    this.page = page;
    this.hand = hand;
    this.element = page.locator(selector);
    this.wall = this.part("tiles");
    this.tiles = this.part("tile");
    this.strip = this.part("strip");
    this.failure = this.part("failure");
    this.search = this.element.getByRole("combobox");
  }

  part(name) { return this.element.locator(`[part~="${name}"]`); }

  button(name) { return this.element.getByRole("button", { name, exact: true }); }

  /** Wait for the first `ready` event. Tiles are there before. */
  async ready() {
    await this.heard("ready", 1);
  }

  /** Wait until `count` events of a type have been recorded. @returns {Promise<any[]>} their details */
  async heard(type, count) {
    const enough = ([name, least]) => globalThis.heard?.filter((event) => event.type === name).length >= least;
    try {
      await this.page.waitForFunction(enough, [type, count], { timeout: PATIENCE });
    } catch {
      assert.fail(`"${type}" was not told ${count} times; all that was told: ${JSON.stringify(await this.told()).slice(0, 500)}`);
    }
    return this.told(type);
  }

  /** Return the details of the events of a type so far; all events without a type. */
  told(type) {
    return this.page.evaluate((name) => globalThis.heard
      .filter((event) => !name || event.type === name)
      .map(({ detail }) => detail), type);
  }

  /** Press a control, and wait for the recommendations that follow. */
  async press(target) {
    const before = (await this.told("recommend")).length;
    await this.hand.press(target);
    await this.heard("recommend", before + 1);
  }

  /** Return titles and reasons of the recommendations, best first. */
  list() {
    return this.part("recommendation").evaluateAll((rows) => rows.map((row) => ({
      title: row.querySelector("[part~=recommendation-title]").textContent,
      because: row.querySelector("[part~=because]").textContent,
    })));
  }

  /** Return how many answers the progress bar counts. */
  async count() {
    return Number(await this.part("progress").getAttribute("aria-valuenow"));
  }

  /** Return the titles on the wall, in reading order. */
  titles() {
    return this.part("tile-title").allTextContents();
  }

  /** Return the tile of a title. */
  tile(title) {
    return this.tiles.filter({ has: this.page.getByText(title, { exact: true }) });
  }

  /** Return the titles of tiles without an answer. */
  open() {
    return this.tiles.evaluateAll((tiles) => tiles
      .filter((tile) => !tile.matches("[aria-pressed=true]") && !tile.querySelector("[aria-pressed=true]"))
      .map((tile) => tile.querySelector("[part~=tile-title]").textContent));
  }

  /**
   * Answer the first open tile, or the tile of a title.
   * @param {string} [label] of a tile's button; without it the tile is one that picks
   * @param {string} [title]
   * @returns {Promise<string>} the title
   */
  async answer(label, title) {
    title ??= (await this.open())[0];
    const tile = this.tile(title).first();
    await this.press(label ? tile.getByRole("button", { name: label, exact: true }) : tile);
    return title;
  }

  /** Ask for other tiles, and wait for them. */
  async others() {
    const before = await this.titles();
    await this.hand.press(this.part("others"));
    await eventually(async () => (await this.titles()).some((title) => before.includes(title)), false, "others are dealt");
  }

  async undo() { await this.press(this.button("Undo last")); }

  /** Return the element's `answers` as titles and values. */
  answers() {
    return this.element.evaluate(({ answers }) => answers.map(({ item, value }) => [item.title, value]));
  }

  /**
   * Call a method of the element.
   * @param {string} name of the method
   * @param {...unknown} values
   * @returns {Promise<any>} what it gives, or the code, message, name and type of its error
   */
  call(name, ...values) {
    return this.element.evaluate(async (element, [method, args]) => {
      try {
        return await element[method](...args);
      } catch ({ code, message, name, constructor }) {
        return { code, message, name, type: constructor.name };
      }
    }, [name, values]);
  }

  /** Return whether the element has a state. @param {string} state of `:state(…)` */
  is(state) {
    return this.element.evaluate((element, name) => element.matches(`:state(${name})`), state);
  }

  /** Return whether a control of the element has the focus, slotted ones not counted. */
  focused() {
    return this.element.evaluate((element) => document.activeElement === element && element.shadowRoot.activeElement !== null);
  }

  /** Return whether the element or a control of it has the focus. */
  holdsFocus() {
    return this.element.evaluate((element) => document.activeElement === element);
  }
}
