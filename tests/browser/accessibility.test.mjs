/** axe-core finds no violation in any state of the element, light and dark, left to right and right to left. */
import assert from "node:assert/strict";
import { test } from "node:test";
import axe from "axe-core";
import { FALLBACK, form } from "./markup.mjs";
import { missing, slowly } from "./site.mjs";
import { stage } from "./stage.mjs";
import { STATES } from "./states.mjs";
import { eventually } from "./widget.mjs";

const { site, open } = stage();

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
for (const lang of ["en", "ar"]) {
  for (const [name, { attributes = "", fault, slow, reach }] of Object.entries(STATES)) {
    test(`${lang}, ${name}: no violation`, async () => {
      site.language = `lang="${lang}" dir="${lang === "ar" ? "rtl" : "ltr"}"`;
      if (fault) site.faults.set(/films\/manifest/, missing);
      if (slow) site.faults.set(slow, slowly);
      const { page, widget } = await open(form(attributes, FALLBACK));
      if (fault) await widget.heard("error", 1);
      else if (!slow) await widget.ready();
      await reach?.(widget);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        const schemeOf = (frame) => getComputedStyle(frame).colorScheme;
        await eventually(() => widget.part("frame").evaluate(schemeOf), colorScheme, "the element follows");
        assert.deepEqual(await violations(page), [], colorScheme);
      }
    });
  }
}

test("what is wrong would be found, also inside the element", async () => {
  const { page, widget } = await open(form());
  await widget.ready();
  await widget.search.evaluate((input) => { input.removeAttribute("aria-label"); input.removeAttribute("placeholder"); });
  await widget.part("heading").evaluate((heading) => {
    heading.animate({ color: ["#ddd", "#ddd"], background: ["#eee", "#eee"] }, { duration: 1e9 });
  });
  assert.deepEqual((await violations(page)).map(({ id }) => id).sort(), ["color-contrast", "label"]);
});

/** Run axe-core on the page. Return each violation with the elements that have it. */
async function violations(page) {
  await page.evaluate(axe.source);
  const { violations: found } = await page.evaluate((values) => globalThis.axe.run({
    runOnly: { type: "tag", values }, resultTypes: ["violations"],
  }), RULES);
  const why = ({ target, any, all }) => ({ target: target.flat().join(" "), why: [...any, ...all].map(({ message }) => message) });
  return found.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(why) }));
}
