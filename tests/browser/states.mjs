/** Every state of the element, and how a page and a visitor reach it. */

const answer = async (widget, part, count) => {
  for (let done = 0; done < count; done++) {
    const tile = widget.tiles.nth(done);
    await (part === "tile" ? tile : tile.locator(`[part~="${part}"]`).last()).click();
    await widget.heard("answer", done + 1);
  }
};

const search = async (widget, text, found) => {
  await widget.search.fill(text);
  await widget.element.locator(found).first().waitFor();
};

/**
 * @typedef {object} State reached without using any text, so that it works in every language
 * @property {string} [attributes]
 * @property {boolean} [fault] the bundle is missing
 * @property {RegExp} [slow] what of the bundle takes long
 * @property {(widget: import("./widget.mjs").Widget) => Promise<unknown>} [reach] from a ready element
 */

/** @type {Record<string, State>} */
export const STATES = {
  loading: { slow: /films\/manifest/, reach: (widget) => widget.page.locator("few-clicks:state(loading)").waitFor() },
  early: {
    slow: /films\/weights/,
    reach: async (widget) => {
      await widget.part("like").first().click();
      await widget.part("loading").waitFor();
    },
  },
  ready: {},
  answered: { reach: (widget) => answer(widget, "like", 2) },
  complete: { attributes: "goal=2", reach: (widget) => answer(widget, "like", 2) },
  required: { attributes: "required", reach: (widget) => answer(widget, "dislike", 1) },
  search: {
    reach: async (widget) => {
      await search(widget, "the", "[part~=search-option]");
      await widget.search.press("ArrowDown");
    },
  },
  "search-none": { reach: (widget) => search(widget, "zzzzzz", ".none") },
  editor: {
    reach: async (widget) => {
      await answer(widget, "like", 1);
      await widget.part("chip").click();
    },
  },
  skipped: { reach: (widget) => widget.element.evaluate((own) => own.skip()) },
  failed: { fault: true },
  disabled: { attributes: "disabled", reach: (widget) => widget.page.locator("few-clicks:state(disabled)").waitFor() },
  empty: {
    reach: async (widget) => {
      await widget.element.evaluate((own) => { own.filter = () => false; });
      await widget.tiles.first().waitFor({ state: "detached" });
    },
  },
  list: {
    attributes: 'goal=2 list-actions="like seen dismiss more share finish" list-filters="genre year:Decade"',
    reach: async (widget) => {
      await answer(widget, "like", 2);
      await widget.part("list-seen").first().click();
      await widget.part("list-back").waitFor();
      await widget.part("list-more").nth(1).click();
      await widget.part("related").nth(1).waitFor();
    },
  },
  pick: { attributes: "mode=pick" },
  picked: { attributes: "mode=pick remember", reach: (widget) => answer(widget, "tile", 2) },
  stars: { attributes: "rating=stars", reach: (widget) => answer(widget, "star", 2) },
};
