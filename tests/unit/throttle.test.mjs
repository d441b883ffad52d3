/** Progress messages of the worker. */
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { throttle } from "../../pkg/session/throttle.js";

const TOTAL = 100;

beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
test.afterEach(() => mock.timers.reset());

/** A throttled listener, and what has been passed on to it. */
function listener() {
  const passed = [];
  const tell = throttle(({ loaded }) => passed.push(loaded), 50);
  return { passed, tell: (loaded) => tell({ loaded, total: TOTAL }) };
}

test("the first message is passed on at once, then the latest after each interval", () => {
  const { passed, tell } = listener();
  for (const loaded of [0, 10, 20]) tell(loaded);
  assert.deepEqual(passed, [0]);
  mock.timers.tick(49);
  tell(30);
  assert.deepEqual(passed, [0]);
  mock.timers.tick(1);
  assert.deepEqual(passed, [0, 30]);
  tell(40);
  mock.timers.tick(50);
  assert.deepEqual(passed, [0, 30, 40]);
});

test("the last message is passed on at once, and nothing after it", () => {
  const { passed, tell } = listener();
  for (const loaded of [0, 60, TOTAL]) tell(loaded);
  assert.deepEqual(passed, [0, TOTAL]);
  mock.timers.tick(1000);
  assert.deepEqual(passed, [0, TOTAL]);
});

test("without news nothing is passed on", () => {
  const { passed, tell } = listener();
  tell(5);
  mock.timers.tick(1000);
  assert.deepEqual(passed, [5]);
});

test("what arrives before there is any progress is passed on at once", () => {
  const passed = [];
  const tell = throttle((progress) => passed.push(progress), 50);
  tell();
  tell();
  tell({ loaded: 0, total: TOTAL });
  assert.deepEqual(passed, [undefined, undefined, { loaded: 0, total: TOTAL }]);
});
