/**
 * What ten written visitors are shown by the films demo: wall, list and reasons, compared with `personas.txt`, which a person
 * has read. `UPDATE=1 node --test personas.test.mjs` writes it anew. Runs in Node.js.
 */
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { english, translator } from "../../pkg/messages/translator.js";
import { Session } from "../../pkg/session/session.js";
import { reasonText } from "../../pkg/view/answers.js";
import { bundle } from "./harness.mjs";

const SNAPSHOT = new URL("personas.txt", import.meta.url);
const LIST = { count: 8, variety: 0.2 };
const TILES = 9;

/** @param {unknown} value @param {string} ids */
const all = (value, ids) => ids.split(" ").map((id) => [id, value]);

const PERSONAS = {
  "sci-fi fan": [...all("like", "blade-runner alien the-matrix interstellar"), ...all("dislike", "titanic")],
  family: [...all("like", "finding-nemo toy-story-3 ratatouille coco"), ...all("dislike", "saw")],
  "art house": [...all("like", "persona stalker in-the-mood-for-love mulholland-drive"), ...all("dislike", "forrest-gump")],
  hater: [...all("dislike", "inception the-matrix titanic forrest-gump"), ...all("like", "psycho")],
  "one click": all("like", "amelie"),
  contradictory: [...all("like", "frozen saw casablanca"), ...all("dislike", "shrek the-notebook")],
  "three stars only": all(3, "inception titanic jaws pulp-fiction up"),
  "dislikes only": all("dislike", "the-godfather pulp-fiction blade-runner alien"),
  "old films": all("like", "casablanca vertigo some-like-it-hot citizen-kane sunset-boulevard"),
  "foreign films": all("like", "parasite city-of-god pans-labyrinth seven-samurai cinema-paradiso"),
};

let model;
before(async () => {
  const { default: init, FewClicks } = await import("../../pkg/fewclicks.js");
  await init({ module_or_path: await readFile(new URL("../../pkg/fewclicks_bg.wasm", import.meta.url)) });
  const folder = bundle("demo");
  const read = async (name) => new Uint8Array(await readFile(join(folder, name)));
  const manifest = await read("manifest.json");
  const named = JSON.parse(new TextDecoder().decode(manifest));
  const [weights, catalogue] = await Promise.all([read(named.weights.file), read(named.catalogue.file)]);
  model = await FewClicks.load({ manifest, weights, catalogue });
});

/** Return what a visitor sees after these answers. */
function visit(answers) {
  const session = new Session(model.newSession());
  for (const [id, value] of answers) session.change(LIST, "answer", [id, value]);
  const wall = session.draw(TILES, []);
  const { recommendations } = session.change(LIST);
  const context = { t: translator({}, english, "en", "rate"), scale: session.info().scale };
  return { wall, recommendations, texts: recommendations.map(({ because }) => reasonText(context, because)) };
}

const named = ({ title, fields: { year } }) => `${title} (${year})`;

/** @param {string} name @param {[string, unknown][]} answers */
function told(name, answers) {
  const { wall, recommendations, texts } = visit(answers);
  const said = answers.map(([id, value]) => `${id}: ${value}`).join(", ");
  const rows = recommendations.map(({ item }, row) => `    ${named(item)}${answers.length > 0 ? ` — ${texts[row]}` : ""}`);
  return [`${name} (${said || "no answer"})`, "  wall:", ...wall.map((item) => `    ${named(item)}`), "  list:", ...rows].join("\n");
}

test("ten written visitors see what a person has read", async () => {
  const text = `${[told("before any answer", []), ...Object.entries(PERSONAS).map(([name, answers]) => told(name, answers))].join("\n\n")}\n`;
  if (process.env.UPDATE) await writeFile(SNAPSHOT, text);
  assert.equal(text, await readFile(SNAPSHOT, "utf8"));
});

for (const [name, answers] of Object.entries(PERSONAS)) {
  test(`${name}: each reason moved its item up, and none is named more than twice unless it alone did`, () => {
    const { recommendations } = visit(answers);
    const uses = new Map();
    for (const { item, reasons, because } of recommendations) {
      if (!because) {
        assert.deepEqual(reasons, [], `${item.id}: nothing moved it up`);
        continue;
      }
      for (const own of [because, ...because.others]) {
        const reason = reasons.find((one) => one.item.id === own.item.id);
        assert.ok(reason?.influence > 0, `${own.item.id} did not move ${item.id} up`);
        assert.ok(answers.some(([id, value]) => id === own.item.id && value === own.value), `${own.item.id} has this answer`);
      }
      for (const { field, value } of because.shared) {
        for (const one of [item, because.item, ...because.others.map((own) => own.item)]) assert.ok(one.fields[field].includes(value), `${one.id} has ${value}`);
      }
      if (because.others.length === 0 && reasons.length > 1) uses.set(because.item.id, (uses.get(because.item.id) ?? 0) + 1);
    }
    for (const [id, times] of uses) assert.ok(times <= 2, `${id} is named ${times} times`);
  });
}

test("discoveries come last, within reach of the list, and nobody would be shown them before any answer", () => {
  const expected = new Set(model.newSession().recommend(5 * LIST.count).map(({ item }) => item.id));
  let found = 0;
  for (const [name, answers] of Object.entries(PERSONAS)) {
    const session = new Session(model.newSession());
    for (const [id, value] of answers) session.change(LIST, "answer", [id, value]);
    const ids = (list) => session.change(list).recommendations.map(({ item }) => item.id);
    const [plain, reach] = [ids(LIST), ids({ ...LIST, count: 3 * LIST.count })];
    const { recommendations } = session.change({ ...LIST, explore: 2 });
    const discoveries = recommendations.filter(({ discovery }) => discovery).map(({ item }) => item.id);
    assert.equal(recommendations.length, LIST.count, name);
    assert.deepEqual(recommendations.slice(LIST.count - discoveries.length).map(({ item }) => item.id), discoveries, name);
    assert.ok(discoveries.length <= 2 && discoveries.every((id) => reach.includes(id) && !expected.has(id)), name);
    const others = recommendations.filter(({ discovery }) => !discovery).map(({ item }) => item.id);
    assert.deepEqual(others, plain.filter((id) => !discoveries.includes(id)).slice(0, others.length), name);
    found += discoveries.length;
  }
  assert.ok(found >= Object.keys(PERSONAS).length, `${found} discoveries`);
  const silent = new Session(model.newSession());
  assert.ok(silent.change({ ...LIST, explore: 2 }).recommendations.every(({ discovery }) => !discovery), "before any answer there are none");
});
