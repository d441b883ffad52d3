/** Set up a file of tests: one site and one Chromium, and for every test a profile, a page and an element of its own. */
import { after, afterEach, before, beforeEach } from "node:test";
import { chrome, openPage, SCREEN } from "./harness.mjs";
import { mouse } from "./hands.mjs";
import { Site } from "./site.mjs";
import { Widget } from "./widget.mjs";

/** @param {{ flags?: string[] }} [options] for Chromium */
export function stage({ flags } = {}) {
  const site = new Site();
  const contexts = [];
  let browser;

  before(async () => { [browser] = await Promise.all([chrome(flags), site.start()]); });
  after(async () => { await browser?.close(); await site.stop(); });
  beforeEach(() => site.reset());
  afterEach(() => Promise.all(contexts.splice(0).map((context) => context.close())));

  /**
   * Open the site with `body` on its page.
   * @param {string} body
   * @param {{ hand?: import("./hands.mjs").Hand } & import("playwright-core").BrowserContextOptions} [options]
   */
  async function open(body, { hand = mouse, ...options } = {}) {
    site.body = body;
    const context = await browser.newContext({ ...SCREEN, ...hand.context, ...options });
    contexts.push(context);
    const opened = await openPage(context, site.address);
    return { ...opened, context, widget: new Widget(opened.page, hand) };
  }

  /** Open the site, and wait until the element is ready. @type {typeof open} */
  async function openReady(body, options) {
    const opened = await open(body, options);
    await opened.widget.ready();
    return opened;
  }

  return { site, open, openReady };
}
