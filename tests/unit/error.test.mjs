/** Errors: one name, and a code for whatever was thrown. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { errorDetail, fewClicksError, isFewClicksError } from "../../pkg/error.js";

test("an error of the element is named and coded as one of the model", () => {
  const cause = new Error("offline");
  const error = fewClicksError("network", "no model", cause);
  assert.ok(error instanceof Error && isFewClicksError(error));
  assert.deepEqual([error.name, error.code, error.message, error.cause], ["FewClicksError", "network", "no model", cause]);
  assert.deepEqual(errorDetail(error), { code: "network", message: "no model" });
});

test("whatever else is thrown has the code `bundle`, also where it has a code of its own", () => {
  for (const [thrown, message] of [
    [new TypeError("no function"), "no function"],
    [new DOMException("stopped", "AbortError"), "stopped"],
    [Object.assign(new Error("not found"), { code: "ENOENT" }), "not found"],
    ["a text", "a text"],
    [undefined, "undefined"],
  ]) assert.deepEqual(errorDetail(thrown), { code: "bundle", message });
});
