/** The search by title. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Names } from "../../pkg/session/names.js";

const names = (...titles) => new Names(titles.map((title, index) => ({ id: String(index), title, fields: {} })));
const titles = (items) => items.map(({ title }) => title);

test("the text itself comes first, then what begins with it, then what has such a word, then the rest", () => {
  const found = names("Preheated", "The Heat Wave", "Heat Wave", "Heat").search("heat", 9);
  assert.deepEqual(titles(found), ["Heat", "Heat Wave", "The Heat Wave", "Preheated"]);
});

test("equal matches stay in the order in which they were given", () => {
  assert.deepEqual(titles(names("Blue Two", "Blue One").search("blue", 9)), ["Blue Two", "Blue One"]);
});

test("all words are needed, in any order, and the last may be unfinished", () => {
  const catalogue = names("The Wizard of Oz", "The Wizard");
  assert.deepEqual(titles(catalogue.search("oz wiz", 9)), ["The Wizard of Oz"]);
  assert.deepEqual(titles(catalogue.search("wizard x", 9)), []);
});

test("case and accents are ignored, on both sides", () => {
  const catalogue = names("Amélie", "PONYO");
  assert.deepEqual(titles(catalogue.search("AMELIE", 9)), ["Amélie"]);
  assert.deepEqual(titles(catalogue.search("pönyo", 9)), ["PONYO"]);
});

test("a Hangul syllable is found while it is typed", () => {
  assert.deepEqual(titles(names("괴물", "기생충").search("기새", 9)), ["기생충"]);
});

test("no more than the limit; nothing for no words", () => {
  assert.equal(names("Up", "Up Up", "Up Again").search("up", 2).length, 2);
  assert.deepEqual(names("Up").search("  ", 9), []);
});

const FORGIVEN = [
  ["walle", "WALL·E"], ["wall-e", "WALL·E"], ["spiderman", "Spider-Man 2"], ["spider man 2", "Spider-Man 2"],
  ["godfather 2", "The Godfather Part II"], ["godfather part 2", "The Godfather Part II"], ["matrix, the", "The Matrix"],
  ["the alien", "Alien"], ["amelie", "Amélie"], ["godfahter", "The Godfather Part II"], ["matirx", "The Matrix"],
  ["matrx", "The Matrix"], ["aliien", "Alien"], ["wachowski", "The Matrix"], ["jeunet 2001", "Amélie"], ["mattrix wachowski", "The Matrix"],
];

test("what people type is found: signs, joined words, numerals, articles, accents, details, one error a word", () => {
  const films = [
    ["WALL·E", "Stanton", "2008"], ["Spider-Man 2", "Raimi", "2004"], ["The Godfather Part II", "Coppola", "1974"],
    ["The Matrix", "Wachowski", "1999"], ["Alien", "Scott", "1979"], ["Amélie", "Jeunet", "2001"],
  ].map(([title, director, year]) => ({ id: title, title, fields: { director: [director], year: [year] } }));
  const names = new Names(films);
  for (const [text, title] of FORGIVEN) assert.equal(names.search(text, 1)[0]?.title, title, text);
  assert.deepEqual(names.search("zzzz", 5), []);
  assert.deepEqual(names.search("xlien qatrix", 5), [], "two words of two films are none");
});
