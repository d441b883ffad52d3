/** The browser's own record of a page's requests (PerformanceObserver). */

/** All requests of the page, also those from before this script began. */
export class Traffic {
  /** @type {PerformanceResourceTiming[]} */
  #requests = [];

  /** @param {() => void} noted called after more requests */
  constructor(noted) {
    new PerformanceObserver((list) => {
      this.#requests.push(...list.getEntries());
      noted();
    }).observe({ type: "resource", buffered: true });
  }

  /** Return the requests that began later. @param {number} time as of `performance.now()` */
  since(time) {
    return this.#requests.filter(({ startTime }) => startTime > time);
  }

  /** Return the bytes received from a folder, compressed where the server compresses. @param {string} folder URL */
  size(folder) {
    const from = this.#requests.filter(({ name }) => name.startsWith(folder));
    return from.reduce((bytes, { encodedBodySize }) => bytes + encodedBodySize, 0);
  }
}
