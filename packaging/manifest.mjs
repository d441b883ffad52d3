/** Generate the custom elements manifest, which editors read, from `element.d.ts`. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { create, ts } from "@custom-elements-manifest/analyzer";
import { sources } from "./paths.mjs";

/** Declared only so that listeners know their events. */
const INHERITED = ["addEventListener", "removeEventListener"];

/** Generate the manifest. @returns {import("custom-elements-manifest").Package} */
export function manifest() {
  const { modules, ...about } = create({ modules: [module("element.d.ts"), module("few-clicks.js")] });
  const [element, registration] = modules;
  // The manifest names scripts, not the declarations beside them.
  element.path = "element.js";
  element.exports = element.exports.filter(({ name }) => name === "FewClicksElement");
  for (const { declaration } of [...element.exports, ...registration.exports]) declaration.module = element.path;
  const [declaration] = element.declarations;
  declaration.members = declaration.members.filter(({ name, static: ofClass }) => !ofClass && !INHERITED.includes(name));
  return { ...about, modules: [element, registration] };
}

/** Return the source text of the types that the element's interface uses. @returns {string[]} */
export function types() {
  const own = module("types.d.ts");
  const imports = own.statements.filter((statement) => ts.isImportDeclaration(statement));
  const [model] = imports.filter(({ moduleSpecifier }) => moduleSpecifier.text === "./fewclicks.js");
  const named = new Set(model.importClause.namedBindings.elements.map(({ name }) => name.text));
  return [
    ...declared(module("fewclicks.d.ts"), ({ name }) => named.has(name.text)),
    ...declared(own, () => true),
  ];
}

/** Return the source text of those types declared in a file that are wanted. */
function declared(file, wanted) {
  const types = file.statements.filter((statement) => ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement));
  return types.filter(wanted).map((statement) => statement.getFullText(file).trim());
}

function module(name) {
  return ts.createSourceFile(name, readFileSync(join(sources, name), "utf8"), ts.ScriptTarget.ES2022, true);
}
