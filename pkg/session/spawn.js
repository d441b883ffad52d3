/** Start the worker that hosts sessions. A file of its own: the single-file build starts its worker in another way. */

// One expression, as bundlers look for it.
export const spawn = () => new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
