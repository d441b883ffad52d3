/** Generate `docs/API.md` from the custom elements manifest and the types. */
import { manifest, types } from "./manifest.mjs";

const code = (text) => `\`${text.replaceAll("|", "\\|")}\``;
const line = (text = "") => text.replace(/\s+/g, " ").replaceAll("|", "\\|");

/** @returns {string} Markdown */
export function api() {
  const [{ declarations: [element] }] = manifest().modules;
  const fields = element.members.filter(({ kind }) => kind === "field");
  const methods = element.members.filter(({ kind }) => kind === "method");
  return [
    "# `<few-clicks>`",
    "Made from `element.d.ts` by `npm run docs` in `packaging/`.",
    element.description,
    "## Attributes",
    "Each is also a property of the same name, `list-actions` as `listActions`.",
    table(["attribute", "type", "default", ""], fields.filter(({ attribute }) => attribute).map((field) =>
      [code(field.attribute), code(field.type.text), field.default ? code(field.default) : "", line(field.description)])),
    "## Properties",
    "These have no attribute.",
    table(["property", "type", ""], fields.filter(({ attribute }) => !attribute).map((field) =>
      [code(field.name), code(field.type.text) + (field.readonly ? ", read only" : ""), line(field.description)])),
    "## Methods",
    table(["method", "returns", ""], methods.map((method) =>
      [code(signature(method)), code(method.return.type.text), line(method.description)])),
    "## Events",
    table(["event", "type", ""], element.events.map((event) => [code(event.name), code(event.type.text), line(event.description)])),
    "## Slots",
    named("slot", element.slots),
    "## Parts",
    named("part", element.cssParts),
    "## Custom properties",
    table(["property", "default", ""], element.cssProperties.map((property) =>
      [code(property.name), code(property.default), line(property.description)])),
    "## States",
    named("state", element.cssStates.map((state) => ({ ...state, name: `:state(${state.name})` }))),
    "## Types",
    `\`\`\`ts\n${types().join("\n\n")}\n\`\`\``,
  ].join("\n\n") + "\n";
}

const signature = ({ name, parameters = [] }) =>
  `${name}(${parameters.map((parameter) => `${parameter.name}${parameter.optional ? "?" : ""}: ${parameter.type.text}`).join(", ")})`;

/** Table of names and descriptions. */
const named = (kind, entries) => table([kind, ""], entries.map(({ name, description }) => [code(name), line(description)]));

const table = (head, rows) => [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
