/**
 * Serve folders on the loopback address, to cross-origin isolated pages: only those have clocks of five microseconds. `/` is
 * the page that measures, `/cold` a page with a single contender.
 */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".json": "application/json", ".wasm": "application/wasm" };
const ISOLATED = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };

export class Server {
  /** HTML of `/cold`. */
  cold = "";
  #folders;
  #server = createServer((request, response) => this.#answer(request, response));

  /** @param {Record<string, string>} folders by the first part of the path */
  constructor(folders) {
    this.#folders = { page: join(here, "page"), ...folders };
  }

  /** @returns {Promise<Server>} */
  start() {
    return new Promise((resolve) => { this.#server.listen(0, "127.0.0.1", () => resolve(this)); });
  }

  stop() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Without a slash at its end. */
  get address() { return `http://127.0.0.1:${this.#server.address().port}`; }

  async #answer(request, response) {
    const { pathname } = new URL(request.url, this.address);
    if (pathname === "/cold") return response.writeHead(200, { ...ISOLATED, "Content-Type": TYPES[".html"] }).end(this.cold);
    const [, folder, ...path] = (pathname === "/" ? "/page/measure.html" : pathname).split("/");
    const file = this.#folders[folder] && join(this.#folders[folder], normalize(`/${path.join("/")}`));
    const found = file && await stat(file).catch(() => null);
    if (!found?.isFile()) return response.writeHead(404, ISOLATED).end("not here");
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    response.writeHead(200, { ...ISOLATED, "Content-Type": type, "Content-Length": found.size });
    return createReadStream(file).pipe(response);
  }
}
