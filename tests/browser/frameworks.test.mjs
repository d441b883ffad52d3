/** The element in pages that other scripts build, change, copy and undo: it is the same element in the end. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { element, FALLBACK, form, send, sent } from "./markup.mjs";
import { stage } from "./stage.mjs";
import { eventually } from "./widget.mjs";

const { site, open, openReady } = stage();

const TEMPLATE = '<template slot="tile"><b data-field="title"></b></template>';
const titles = (widget) => widget.element.evaluate((own) => [...own.querySelectorAll(":scope > [slot^=tile-] b")].map((title) => title.textContent));
/** Return how many of the site's own tiles are seen. */
const seen = (widget) => widget.element.evaluate((own) => [...own.querySelectorAll(":scope > [slot^=tile-]")].filter((tile) => tile.checkVisibility() && tile.assignedSlot).length);
const heading = (widget) => widget.part("heading").innerText();

/** Every order in which a script may make an element with a bundle, a language and a goal. */
const ORDERS = {
  "set before it is appended": (own, main) => { own.bundle = "/films"; own.lang = "de"; own.goal = 2; main.append(own); },
  "set after it is appended": (own, main) => { main.append(own); own.bundle = "/films"; own.lang = "de"; own.goal = 2; },
  "set a task later": async (own, main) => {
    main.append(own);
    await new Promise((resolve) => { setTimeout(resolve, 100); });
    own.lang = "de";
    await new Promise((resolve) => { setTimeout(resolve, 100); });
    own.goal = 2;
    own.bundle = "/films";
  },
  "another bundle first": (own, main) => { own.bundle = "/picks"; main.append(own); own.bundle = "/films"; own.goal = 2; own.lang = "de"; },
  "another bundle a task before": async (own, main) => {
    main.append(own);
    own.bundle = "/picks";
    own.lang = "ko";
    await new Promise((resolve) => { setTimeout(resolve, 30); });
    own.bundle = "/films";
    own.lang = "de";
    own.goal = 2;
  },
  "moved and taken out between": async (own, main) => {
    main.append(own);
    own.bundle = "/films";
    own.remove();
    own.goal = 2;
    await Promise.resolve();
    own.lang = "de";
    main.prepend(own);
    document.body.append(own);
  },
  "removed attributes": (own, main) => {
    own.setAttribute("mode", "pick");
    own.setAttribute("loading", "lazy");
    main.append(own);
    own.bundle = "/films";
    own.removeAttribute("mode");
    own.removeAttribute("loading");
    own.setAttribute("lang", "de");
    own.setAttribute("goal", "2");
  },
};

for (const [name, make] of Object.entries(ORDERS)) {
  test(`an element that is made in any order is the same: ${name}`, async () => {
    const { page, widget, problems } = await open("");
    await page.evaluate(async (source) => {
      await customElements.whenDefined("few-clicks");
      await new Function(`return ${source}`)()(document.createElement("few-clicks"), document.querySelector("main"));
    }, String(make));
    await widget.page.waitForFunction(() => document.querySelector("few-clicks")?.info?.kind === "ratings");
    await eventually(() => heading(widget), "Was davon kennst du?");
    await eventually(() => widget.part("progress").getAttribute("aria-valuemax"), "2");
    await widget.tiles.first().getByRole("button").first().click();
    await eventually(() => widget.count(), 1);
    assert.deepEqual(problems, []);
  });
}

test("a filter, messages and overrides that are set while the bundle loads hold, whenever that is", async () => {
  for (const delay of [0, 20, 60, 120, 250]) {
    const { page, widget } = await open("");
    await page.evaluate(async (wait) => {
      await customElements.whenDefined("few-clicks");
      const own = document.querySelector("main").appendChild(document.createElement("few-clicks"));
      own.bundle = "/films";
      await new Promise((resolve) => { setTimeout(resolve, wait); });
      own.filter = ({ fields }) => Number(fields.year) < 1990;
      own.overrides = new Proxy({}, {});
      own.messages = { heading: "Old ones" };
    }, delay);
    await widget.ready();
    await eventually(() => heading(widget), "Old ones");
    await eventually(async () => (await widget.part("tile-details").allTextContents()).every((text) => Number(text.slice(0, 4)) < 1990), true);
    const years = await widget.element.evaluate(async (own) => (await own.recommend(20)).map(({ item }) => Number(item.fields.year)));
    assert.deepEqual(years.filter((year) => year >= 1990), [], `set after ${delay} ms`);
  }
});

test("a language and a direction that the page switches are followed; answers stay", async () => {
  const { page, widget } = await openReady(element());
  await widget.answer("Like");
  await page.evaluate(() => Object.assign(document.documentElement, { lang: "ar", dir: "rtl" }));
  await eventually(async () => /[\u0600-\u06ff]/.test(await heading(widget)), true);
  assert.equal(await widget.part("heading").evaluate((node) => getComputedStyle(node).direction), "rtl");
  assert.equal(await widget.count(), 1);
  await page.evaluate(() => Object.assign(document.documentElement, { lang: "en", dir: "ltr" }));
  await eventually(() => heading(widget), "Which of these do you know?");
});

test("an element that another document adopts is styled and works there", async () => {
  const { page, widget } = await openReady(element());
  await widget.answer("Like");
  const adopted = await page.evaluate(async () => {
    const frame = Object.assign(document.createElement("iframe"), { src: "/page/blank.html", width: 800, height: 900 });
    document.body.append(frame);
    await new Promise((resolve) => { frame.onload = resolve; });
    const own = document.querySelector("few-clicks");
    frame.contentDocument.body.append(own);
    await own.recommend();
    await new Promise((resolve) => { setTimeout(resolve, 100); });
    const frameElement = own.shadowRoot.querySelector("[part=frame]");
    return { answers: own.answers.length, display: frame.contentWindow.getComputedStyle(frameElement).display };
  });
  assert.deepEqual(adopted, { answers: 1, display: "grid" });
});

test("a script that makes the page like the server's leaves tiles and answers, and no hidden field in the form", async () => {
  const inside = `${TEMPLATE}${FALLBACK.replace("<input", "<input required")}`;
  const { page, widget, problems } = await openReady(form("submit=answers", inside));
  await page.addScriptTag({ url: "/modules/idiomorph/dist/idiomorph.min.js" });
  await widget.answer("Like");
  const before = await widget.titles();
  for (const changed of [site.body, site.body.replace("Ada", "Ada L."), site.body.replace("</few-clicks>", `${FALLBACK.replaceAll("favourite", "second")}$&`)]) {
    await page.evaluate((html) => Idiomorph.morph(document.querySelector("main"), `<h1>Sign up</h1>${html}`, { morphStyle: "innerHTML" }), changed);
    await eventually(() => seen(widget), 9);
    assert.deepEqual(await widget.titles(), before);
    assert.equal(new Set(await titles(widget)).size, 9);
    assert.deepEqual((await page.evaluate(() => [...new FormData(document.forms[0])])).map(([name]) => name), ["who", "taste"]);
  }
  await widget.answer("Dislike");
  await send(page);
  assert.deepEqual((await sent(page)).map(([name]) => name), ["who", "taste"]);
  assert.deepEqual(problems, []);
});

test("a copy of the page that comes back has each tile once", async () => {
  const { page, widget } = await openReady(form("submit=answers", `${TEMPLATE}${FALLBACK}`));
  await page.evaluate(() => {
    const main = document.querySelector("main");
    const copy = main.cloneNode(true);
    main.replaceWith(copy);
  });
  await widget.heard("ready", 2);
  await eventually(() => seen(widget), 9);
  assert.equal((await titles(widget)).length, 9);
  await widget.element.evaluate((own) => own.remove());
  await page.evaluate(() => document.querySelector("form").insertAdjacentHTML("beforeend", '<few-clicks bundle="/films"></few-clicks>'));
  await widget.heard("ready", 3);
});

test("tiles that the page's script takes out are put back; a template that comes later is used", async () => {
  const { widget } = await openReady(element());
  await widget.element.evaluate((own, html) => own.insertAdjacentHTML("beforeend", html), TEMPLATE);
  await eventually(() => seen(widget), 9);
  await widget.element.evaluate((own) => own.querySelectorAll("[slot^=tile-]").forEach((tile) => tile.remove()));
  await eventually(() => seen(widget), 9);
  await widget.element.evaluate((own) => own.querySelector("template").remove());
  await eventually(() => seen(widget), 0);
  await eventually(() => widget.part("tile-title").count(), 9);
});

test("an error is no uncaught one of the window, and is heard on the element", async () => {
  site.faults.set(/films\/manifest/, (request, response) => response.writeHead(404).end());
  const { page, widget, context } = await open("");
  await context.addInitScript(() => {
    globalThis.uncaught = [];
    globalThis.onerror = (message) => { uncaught.push(String(message)); };
    addEventListener("error", ({ type }) => { uncaught.push(type); });
  });
  site.body = element();
  await page.reload();
  await widget.heard("error", 1);
  assert.deepEqual(await page.evaluate(() => uncaught), []);
});

test("what is typed in the search stays there; keys elsewhere and shortcuts reach the page", async () => {
  const { page, widget } = await openReady(element());
  await page.evaluate(() => {
    globalThis.keys = [];
    for (const type of ["keydown", "keypress", "keyup"]) {
      document.addEventListener(type, (event) => {
        if (event.target.matches("input, textarea")) return;
        keys.push(`${type} ${event.key}`);
        if (event.key === "s") event.preventDefault();
      });
    }
  });
  await widget.search.click();
  await page.keyboard.type("star");
  await page.keyboard.press("Backspace");
  assert.equal(await widget.search.inputValue(), "sta");
  await page.keyboard.press("ArrowDown");
  assert.deepEqual(await page.evaluate(() => keys), []);
  await page.keyboard.press("Control+k");
  assert.ok((await page.evaluate(() => keys)).includes("keydown k"));
});

test("input and change are fired after an action of the visitor, and the value is what the form sends", async () => {
  const { page, widget } = await openReady(form("submit=answers"));
  await page.evaluate(() => {
    globalThis.fired = [];
    for (const type of ["input", "change"]) {
      document.forms[0].addEventListener(type, ({ target }) => { fired.push([type, target.localName, target.value === new FormData(target.form).get("taste")]); });
    }
  });
  assert.equal(await widget.element.evaluate((own) => own.value), "");
  await widget.answer("Like");
  assert.deepEqual(await page.evaluate(() => fired), [["input", "few-clicks", true], ["change", "few-clicks", true]]);
  await widget.call("answer", await widget.element.evaluate(async (own) => (await own.recommend(1))[0].item.id), "like");
  assert.equal(await page.evaluate(() => fired.length), 2, "a method fires none");
  await widget.element.evaluate((own) => { own.submit = "recommendations"; });
  assert.deepEqual(await widget.element.evaluate((own) => own.value), await page.evaluate(() => new FormData(document.forms[0]).getAll("taste")));
});

/** Return the contrast of a text with what is behind it. */
const contrast = (locator, behind = "body") => locator.evaluate((node, selector) => {
  const luminance = (colour) => {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d");
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((byte) => (byte / 255 <= 0.04045 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [a, b] = [getComputedStyle(node).color, getComputedStyle(document.querySelector(selector)).backgroundColor].map(luminance);
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}, behind);

for (const colour of ["#eee", "oklch(0.93 0.01 90)", "color(srgb 0.9 0.9 0.9)"]) {
  test(`a page that is dark by a class alone is legible, from the start and when it is switched (${colour})`, async () => {
    const { page, widget } = await open("", { colorScheme: "light" });
    site.body = `<link rel="stylesheet" href="/page/dark.css">${element()}`;
    await page.reload();
    await widget.ready();
    const texts = [widget.part("heading"), widget.part("intro"), widget.part("others"), widget.part("recommendations-heading")];
    for (const dark of [false, true, false]) {
      await page.evaluate(([on, text]) => {
        document.documentElement.classList.toggle("dark", on);
        document.body.style.setProperty("--text", text);
      }, [dark, colour]);
      for (const text of texts) await eventually(async () => (await contrast(text)) > 4.5, true, `${dark ? "dark" : "light"} ${text}`);
    }
  });
}

/** Parts of a page that are dark by a class alone, without a `color-scheme`. */
const WRAPPERS = { "with light text": "dark light-text", "with the page's text": "dark", "that fades": "dark fading" };

for (const [name, classes] of Object.entries(WRAPPERS)) {
  test(`a dark part of a light page ${name} is legible, from the start and when it is switched`, async () => {
    const { page, widget } = await open("", { colorScheme: "light" });
    site.body = `<link rel="stylesheet" href="/page/wrapper.css"><div class="${classes}"><section>${element()}</section></div>`;
    await page.reload();
    await widget.ready();
    const behind = page.locator("main > div").first();
    const texts = [widget.part("heading"), widget.part("intro"), widget.part("others"), widget.part("recommendations-heading")];
    for (const dark of [true, false, true]) {
      await behind.evaluate((node, on) => node.classList.toggle("dark", on), dark);
      for (const text of texts) await eventually(async () => (await contrast(text, "main > div")) > 4.5, true, `${dark ? "dark" : "light"} ${text}`);
    }
  });
}

test("a scheme that the site sets on the element itself stays", async () => {
  const { widget } = await openReady(element());
  await widget.element.evaluate((own) => { own.style.colorScheme = "dark"; own.goal = 4; });
  await eventually(() => widget.part("frame").evaluate((node) => getComputedStyle(node).colorScheme), "dark");
});

for (const begun of [false, true]) {
  for (const [width, height] of [[390, 844], [1280, 900]]) {
    test(`a page that defines the element late does not jump at ${width} px${begun ? ", and keeps what was ticked" : ""}`, async () => {
      const late = 'import "./heard.js"; setTimeout(() => import("/pkg/few-clicks.js"), 1500);';
      site.faults.set(/page\/page\.js/, (request, response) => response.setHeader("content-type", "text/javascript").end(late));
      const { page, widget } = await open(
        `<link rel="stylesheet" href="/page/reserve.css">${form("required min=1 submit=answers", FALLBACK)}<p>What comes after.</p>`,
        { viewport: { width, height } },
      );
      await page.evaluate(() => {
        globalThis.shift = 0;
        new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => { shift += value; })).observe({ type: "layout-shift", buffered: true });
      });
      const field = page.getByLabel("A film you like");
      // By a script: shifts after an input of the visitor do not count.
      if (begun) await field.evaluate((input) => { input.value = "Ran"; });
      await widget.ready();
      await page.waitForTimeout(300);
      const shift = await page.evaluate(() => globalThis.shift);
      assert.ok(shift < 0.05, `cumulative layout shift of ${shift}`);
      assert.equal(await field.isVisible(), begun);
      await widget.answer("Like");
      await send(page);
      assert.deepEqual((await sent(page)).map(([name, value]) => (name === "favourite" ? value : name)), ["who", "taste", ...(begun ? ["Ran"] : [])]);
    });
  }
}
