/** Entry of the single file: register `<few-clicks>` in a page, or host sessions in the worker that `spawn.js` starts. */
/* global hosting */
export * from "../../pkg/few-clicks.js";

if (hosting) import("../../pkg/session/worker.js");
