/** Every entry can be imported on a server, where there is no DOM. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { before, test } from "node:test";
import { install, work } from "./examples.mjs";

const ENTRIES = {
  "fewclicks": ["FewClicksElement"],
  "fewclicks/dist/few-clicks.js": ["FewClicksElement"],
  "fewclicks/element": ["FewClicksElement"],
  "fewclicks/model": ["FewClicks", "default", "initSync"],
  "fewclicks/react": ["FewClicks"],
  "fewclicks/messages/ko": ["default"],
};

before(install);

for (const [entry, expected] of Object.entries(ENTRIES)) {
  test(`${entry} can be imported by Node.js`, () => {
    const script = `console.log(JSON.stringify(Object.keys(await import("${entry}"))))`;
    const told = execFileSync(process.execPath, ["--input-type=module", "--eval", script], { cwd: work, encoding: "utf8" });
    assert.deepEqual(JSON.parse(told).sort(), expected);
  });
}
