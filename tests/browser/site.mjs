/**
 * A web site on the loopback address: one page with the markup of a test, the package, the bundles, and a form's receiver.
 * It records every request, and fails those that a test says.
 */
import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "./harness.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const FOLDERS = {
  pkg: join(here, "../../pkg"),
  page: join(here, "page"),
  modules: join(here, "node_modules"),
  films: () => bundle("demo"),
  picks: () => bundle("picks"),
};
const TYPES = {
  ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".wasm": "application/wasm",
};
export const POLICY = [
  "default-src 'self'", "script-src 'self' 'wasm-unsafe-eval'", "style-src 'self'", "img-src 'self' data:",
  "object-src 'none'", "base-uri 'none'", "form-action 'self'",
].join("; ");

/**
 * @typedef {import("node:http").IncomingMessage} Request
 * @typedef {import("node:http").ServerResponse} Response
 * @typedef {(request: Request, response: Response, file: string) => unknown} Handler answers instead of a file
 */

/** Answer with 404. @type {Handler} */
export const missing = (request, response) => response.writeHead(404).end("not here");

/** Answer after ten seconds, which no test waits for. @type {Handler} */
export const slowly = (request, response, file) => void setTimeout(() => sendFile(response, file), 10_000).unref();

export class Site {
  /** Body of the page at `/`. */
  body = "";
  /** Attributes of its `html` element. */
  language = 'lang="en"';
  policy = POLICY;
  /** @type {string[]} paths that were asked for, in order */
  requests = [];
  /** @type {Map<RegExp, Handler>} handlers that answer instead of a file, by path */
  faults = new Map();
  #server = createServer((request, response) => this.#answer(request, response));

  /** @param {{ films?: string }} [folders] another folder to serve as the bundle of films */
  constructor({ films } = {}) {
    this.folders = { ...FOLDERS, ...(films && { films }) };
  }

  /** @returns {Promise<Site>} */
  start() {
    return new Promise((resolve) => { this.#server.listen(0, "127.0.0.1", () => resolve(this)); });
  }

  stop() {
    this.#server.closeAllConnections();
    return new Promise((resolve) => { this.#server.close(resolve); });
  }

  /** Ends with a slash. */
  get address() { return `http://127.0.0.1:${this.#server.address().port}/`; }

  /** Reset page, policy, requests and faults. */
  reset() {
    Object.assign(this, { body: "", language: 'lang="en"', policy: POLICY });
    this.requests.length = 0;
    this.faults.clear();
  }

  /** @param {RegExp} path @returns {number} how many requests were made for it */
  count(path) { return this.requests.filter((own) => path.test(own)).length; }

  async #answer(request, response) {
    const { pathname, searchParams } = new URL(request.url, this.address);
    this.requests.push(pathname);
    response.setHeader("content-security-policy", this.policy);
    const file = this.#file(pathname);
    for (const [path, handler] of this.faults) {
      if (path.test(pathname)) return handler(request, response, file);
    }
    if (pathname === "/") return send(response, "text/html", this.#page());
    if (pathname === "/received") return send(response, "text/html", received(await entries(request, searchParams)));
    if (pathname === "/favicon.ico") return response.writeHead(204).end();
    return sendFile(response, file);
  }

  /** Return the file of a path; empty for a path that leads out of its folder. */
  #file(pathname) {
    const [, first, ...rest] = normalize(decodeURIComponent(pathname)).split("/");
    const folder = Object.hasOwn(this.folders, first) ? this.folders[first] : "";
    return folder && join(typeof folder === "function" ? folder() : folder, ...rest);
  }

  #page() {
    return `<!doctype html><html ${this.language}><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1"><title>Sign up</title>
      <link rel="stylesheet" href="/page/page.css"><script type="module" src="/page/page.js"></script></head>
      <body><main><h1>Sign up</h1>${this.body}</main></body></html>`;
  }
}

/** Send a file, or 404. @param {Response} response @param {string} file */
export function sendFile(response, file) {
  if (!file || !existsSync(file)) return missing(undefined, response);
  response.setHeader("content-type", TYPES[extname(file)] ?? "application/octet-stream");
  createReadStream(file).pipe(response);
}

function send(response, type, text) {
  response.writeHead(200, { "content-type": `${type}; charset=utf-8` }).end(text);
}

/** Return the entries that a form sent, in order. */
async function entries(request, searchParams) {
  if (request.method !== "POST") return [...searchParams];
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return [...new URLSearchParams(Buffer.concat(chunks).toString())];
}

function received(list) {
  const escaped = JSON.stringify(list).replace(/&/g, "&amp;").replace(/</g, "&lt;");
  return `<!doctype html><html lang="en"><title>Received</title><pre>${escaped}</pre></html>`;
}
