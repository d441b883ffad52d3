/** What the browser itself notes of a page's requests: nothing here is told by those who made them. */

/** Requests of the page, those from before this script began included. */
export class Traffic {
  /** @type {PerformanceResourceTiming[]} */
  #requests = [];

  /** @param {() => void} noted called whenever there were others */
  constructor(noted) {
    new PerformanceObserver((list) => {
      this.#requests.push(...list.getEntries());
      noted();
    }).observe({ type: "resource", buffered: true });
  }

  /** Requests that began later. @param {number} time as of `performance.now()` */
  since(time) {
    return this.#requests.filter(({ startTime }) => startTime > time);
  }

  /** Bytes of what came from this folder, as they were sent: compressed where the server compresses. @param {string} folder URL */
  size(folder) {
    const from = this.#requests.filter(({ name }) => name.startsWith(folder));
    return from.reduce((bytes, { encodedBodySize }) => bytes + encodedBodySize, 0);
  }
}
