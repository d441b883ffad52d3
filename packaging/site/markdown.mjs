/** What the site does with the Markdown of docs/: links to the repository's files, and recipes that run. */
import { existsSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { root } from "../paths.mjs";

const REPOSITORY = "https://github.com/fewclicks/fewclicks";

/**
 * Let links out of docs/ lead to the repository's files.
 * @param {import("markdown-it").default} markdown
 * @param {string} docs folder
 * @throws where there is no such file
 */
export function repositoryLinks(markdown, docs) {
  markdown.core.ruler.push("repository-links", ({ tokens, env }) => {
    for (const token of tokens.flatMap(({ children }) => children ?? []).filter(({ type }) => type === "link_open")) {
      const href = token.attrGet("href") ?? "";
      if (!href.startsWith("../")) continue;
      const [name, hash = ""] = href.split("#");
      const path = join(docs, name);
      if (!existsSync(path)) throw new Error(`${env.relativePath ?? "docs"}: the link ${href} leads to no file`);
      const kind = statSync(path).isDirectory() ? "tree" : "blob";
      token.attrSet("href", `${REPOSITORY}/${kind}/main/${relative(root, path)}${hash && `#${hash}`}`);
    }
  });
}

/**
 * Run what stands in a fence of ```` ```html live ````, below it.
 * @param {import("markdown-it").default} markdown
 * @param {{ base: string, there: boolean }} options `there`: whether there is a bundle for it
 */
export function live(markdown, { base, there }) {
  const fence = markdown.renderer.rules.fence;
  markdown.renderer.rules.fence = (tokens, index, ...rest) => {
    const token = tokens[index];
    const runs = / live\b/.test(token.info);
    token.info = token.info.replace(/ live\b/, "");
    const code = fence(tokens, index, ...rest);
    if (!runs || !there) return code;
    // The page has the script already, and the bundle under its own base.
    const html = token.content.replace(/<script.*<\/script>\n*/g, "").replaceAll('"/bundle"', `"${base}bundle"`);
    return `${code}\n<div class="live" v-pre>${html}</div>\n`;
  };
}
