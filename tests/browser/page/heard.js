/** Record the events of the elements on the page. */
globalThis.heard = [];

for (const type of ["ready", "answer", "recommend", "complete", "skip", "listaction", "error"]) {
  document.addEventListener(type, ({ target, detail }) => {
    // An image that does not load has an `error` event as well.
    if (target.localName === "few-clicks") heard.push({ type, detail });
  }, true);
}
