/** The single file: registers `<few-clicks>` in a page; hosts sessions in the worker that it starts of itself. */
/* global hosting */
export * from "../../pkg/few-clicks.js";

if (hosting) import("../../pkg/session/worker.js");
