/** A static web server on a free port, with the strictest Content Security Policy that the element runs under. */
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";

const POLICY = {
  "default-src": "'none'", "script-src": "'self' 'wasm-unsafe-eval'", "connect-src": "'self'", "worker-src": "'self'",
};

const TYPES = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm",
  ".json": "application/json",
};

/**
 * Start a server.
 * @param {Record<string, string>} mounts folders by the path that they are served under; the longest path wins
 * @param {Record<string, string>} [policy] directives that differ
 * @returns {Promise<{ address: string, stop: () => void }>} `address` ends with a slash
 */
export async function site(mounts, policy = {}) {
  const paths = Object.keys(mounts).sort((one, other) => other.length - one.length);
  const rules = Object.entries({ ...POLICY, ...policy }).map((rule) => rule.join(" ")).join("; ");
  const server = createServer(async ({ url }, response) => {
    const { pathname } = new URL(url, "http://localhost");
    const mount = paths.find((path) => pathname.startsWith(path));
    const file = mount ? join(mounts[mount], pathname.slice(mount.length) || "index.html") : "";
    const body = await readFile(file).catch(() => null);
    response.writeHead(body ? 200 : pathname === "/favicon.ico" ? 204 : 404, {
      "content-type": TYPES[extname(file)] ?? "application/octet-stream",
      "content-security-policy": rules,
      "access-control-allow-origin": "*",
    });
    response.end(body);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return { address: `http://127.0.0.1:${server.address().port}/`, stop: () => server.close() };
}
