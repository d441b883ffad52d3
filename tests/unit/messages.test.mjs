/** The languages of the element: complete, with the plural forms that each needs, and filled in as each writes it. */
import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { test } from "node:test";
import { words } from "../../pkg/messages/list-tools.js";
import { english, language, translator } from "../../pkg/messages/translator.js";

const folder = new URL("../../pkg/messages/", import.meta.url);
const languages = (await readdir(folder)).filter((file) => /^[a-z]{2}\.js$/.test(file)).map((file) => file.slice(0, -3));
const placeholders = (text) => [...new Set(text.match(/\{\w+\}/g))].sort();
const forms = (message) => (typeof message === "string" ? [message] : Object.values(message));

test("there are English, Korean, German, Japanese and Arabic", () => {
  assert.deepEqual(languages.toSorted(), ["ar", "de", "en", "ja", "ko"]);
});

for (const lang of languages) {
  test(`${lang} says everything that English says, and nothing else`, async () => {
    const { words, lang: said } = await language(lang);
    assert.equal(said, lang);
    assert.deepEqual(Object.keys(words).sort(), Object.keys(english).sort());
    for (const [key, message] of Object.entries(words)) {
      for (const text of forms(message)) assert.notEqual(text.trim(), "", `${key} is empty`);
      if (lang !== "en") assert.notDeepEqual(message, english[key], `${key} is left in English`);
    }
  });

  test(`${lang} has the plural forms that it needs, and no other`, async () => {
    const { words } = await language(lang);
    const needed = new Intl.PluralRules(lang).resolvedOptions().pluralCategories.toSorted();
    for (const [key, message] of Object.entries(english)) {
      assert.equal(typeof words[key], typeof message, `${key} counts in one language only`);
      if (typeof message !== "string") assert.deepEqual(Object.keys(words[key]).sort(), needed, key);
    }
  });

  test(`${lang} fills in what English fills in`, async () => {
    const { words } = await language(lang);
    for (const [key, message] of Object.entries(english)) {
      const expected = placeholders(forms(message).join());
      assert.deepEqual(placeholders(forms(words[key]).join()), expected, key);
      for (const [category, text] of typeof message === "string" ? [] : Object.entries(words[key])) {
        // A noun may say its own number: "a pick", "the two".
        const needed = ["zero", "one", "two"].includes(category) ? [] : expected;
        for (const name of needed) assert.ok(text.includes(name), `${key}.${category} lacks ${name}`);
      }
    }
  });
}

test("the tools of the list say the same in every language, and fill in the same", () => {
  assert.deepEqual(Object.keys(words).sort(), languages.toSorted());
  for (const [lang, own] of Object.entries(words)) {
    assert.deepEqual(Object.keys(own), Object.keys(words.en), lang);
    for (const [key, text] of Object.entries(own)) {
      assert.deepEqual(placeholders(text), placeholders(words.en[key]), `${lang}: ${key}`);
      if (lang !== "en" && key !== "ofTitle") assert.notEqual(text, words.en[key], `${lang}: ${key} is left in English`);
    }
  }
});

test("a tag finds the nearest language, and English where there is none", async () => {
  assert.equal((await language("de-AT")).lang, "de-AT");
  assert.equal((await language("ko-Kore-KR")).words.retry, "다시 시도");
  for (const tag of ["fr", "", "not a tag", "en"]) {
    assert.deepEqual(await language(tag), { words: english, lang: "en" }, tag);
  }
  assert.equal((await language("pl", { like: "Lubię" })).lang, "pl", "a site's own words count by their own rules");
});

test("plural forms and digits follow the language", async () => {
  const said = async (tag, key, values, mode = "rate", own = {}) => {
    const { words, lang } = await language(tag, own);
    return translator(own, words, lang, mode)(key, values);
  };
  assert.equal(await said("en", "progressText", { count: 2, goal: 5 }), "2 of 5 answered");
  assert.equal(await said("en", "progressText", { count: 2, goal: 5 }, "pick"), "2 of 5 picked");
  assert.equal(await said("en", "stars", { count: 1 }), "1 star");
  assert.equal(await said("de", "stars", { count: 3.5 }), "3,5 Sterne");
  assert.equal(await said("ar", "stars", { count: 2 }), "نجمتان");
  assert.equal(await said("ar", "stars", { count: 3 }), "3 نجوم");
  assert.equal(await said("ar-EG", "stars", { count: 11 }), "١١ نجمة");
  assert.equal(await said("pl", "stars", { count: 3 }, "rate", { stars: { few: "{count} gwiazdki", other: "{count} gwiazdek" } }), "3 gwiazdki");
  assert.equal(await said("en", "liked", {}, "pick", { pickLiked: "Taken" }), "Taken");
  assert.equal(await said("en", "saidLike", { title: "$& {count}" }), "Liked $& {count}.");
  assert.equal(await said("en", "saidLike", {}), "Liked {title}.", "what is not given stays as it is");
});
