/** Write what is set in the playground as code to paste. */

/** @typedef {{ bundle: string, attributes: Record<string, string>, css: Record<string, string>, messages: object, overrides: object, template: string | null }} Settings */

const isEmpty = (object) => Object.keys(object).length === 0;
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
const json = (value) => JSON.stringify(value, null, 2);

/** @param {Settings} settings @returns {[string, string][]} */
const attributesOf = ({ bundle, attributes }) => [["bundle", bundle], ...Object.entries(attributes)];

/** Write attributes as HTML. @param {Settings} settings @param {string} [more] */
function tag(settings, more = "") {
  const own = attributesOf(settings).map(([name, value]) => (value === "" ? name : `${name}="${escaped(value)}"`)).join(" ");
  return `<few-clicks ${own}${more}>`;
}

/** @param {Settings} settings @param {string} indent */
function inside({ template, attributes }, indent) {
  return [
    template && `${indent}<template slot="tile">${template}</template>`,
    `${indent}<p slot="fallback">You can tell us about your taste later.</p>`,
    attributes["list-actions"]?.includes("finish") && `${indent}<a slot="finish" href="/signup">Create my account</a>`,
  ].filter(Boolean).join("\n");
}

/** @param {Settings} settings */
function styles({ css }) {
  return isEmpty(css) ? "" : `few-clicks {\n${Object.entries(css).map(([name, value]) => `  ${name}: ${value};\n`).join("")}}`;
}

/** @param {Settings} settings */
function html(settings) {
  const { messages, overrides } = settings;
  const properties = Object.entries({ messages, overrides }).filter(([, value]) => !isEmpty(value));
  return [
    '<script type="module" src="/few-clicks/few-clicks.js"></script>',
    styles(settings) && `<style>\n${styles(settings)}\n</style>`,
    `${tag(settings)}\n${inside(settings, "  ")}\n</few-clicks>`,
    `<script type="module">
  const element = document.querySelector("few-clicks");
${properties.map(([name, value]) => `  element.${name} = ${json(value).replaceAll("\n", "\n  ")};\n`).join("")}  element.addEventListener("recommend", ({ detail }) => {
    console.log(detail.recommendations.map(({ item }) => item.title));
  });
</script>`,
  ].filter(Boolean).join("\n\n") + "\n";
}

const NUMBERS = ["goal", "min", "tiles", "rows", "related", "variety", "explore"];

/** @param {Settings} settings */
function react(settings) {
  const { messages, overrides, template } = settings;
  const constants = Object.entries({ messages, overrides }).filter(([, value]) => !isEmpty(value));
  const camel = (name) => name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
  const props = [
    ...attributesOf(settings).map(([name, value]) => {
      if (value === "") return camel(name);
      if (NUMBERS.includes(name)) return `${name}={${value}}`;
      return /^(details|list-)/.test(name) ? `${camel(name)}={${JSON.stringify(value.split(" "))}}` : `${camel(name)}=${JSON.stringify(value)}`;
    }),
    ...constants.map(([name]) => `${name}={${name}}`),
    template && "renderTile={renderTile}",
    "onRecommend={({ detail }) => setList(detail.recommendations)}",
  ];
  return [
    'import { useState } from "react";\nimport { FewClicks } from "fewclicks/react";',
    ...constants.map(([name, value]) => `const ${name} = ${json(value)};`),
    // React would build a template in the element anew.
    template && `function renderTile(item) {
  const tile = document.createElement("template");
  tile.innerHTML = ${JSON.stringify(template)};
  for (const part of tile.content.querySelectorAll("[data-field]")) {
    part.textContent = part.dataset.field === "title" ? item.title : item.fields[part.dataset.field]?.join(", ") ?? "";
  }
  return tile.content;
}`,
    `export function Taste() {
  const [list, setList] = useState([]);
  return (
    <FewClicks
${props.filter(Boolean).map((prop) => `      ${prop}`).join("\n")}
    >
${inside({ ...settings, template: null }, "      ")}
    </FewClicks>
  );
}`,
    styles(settings) && `/* CSS */\n${styles(settings)}`,
  ].filter(Boolean).join("\n\n") + "\n";
}

/** @param {Settings} settings */
function vue(settings) {
  const { messages, overrides } = settings;
  const constants = Object.entries({ messages, overrides }).filter(([, value]) => !isEmpty(value));
  const bound = constants.map(([name]) => ` :${name}="${name}"`).join("");
  return [
    `<script setup>
import { ref } from "vue";
import "fewclicks";

const list = ref([]);
${constants.map(([name, value]) => `const ${name} = ${json(value)};\n`).join("")}</script>`,
    `<template>
  ${tag(settings, `${bound} @recommend="list = $event.detail.recommendations"`)}
${inside(settings, "    ")}
  </few-clicks>
</template>`,
    styles(settings) && `<style>\n${styles(settings)}\n</style>`,
  ].filter(Boolean).join("\n\n") + "\n";
}

/** @type {Record<string, (settings: Settings) => string>} */
export const snippets = { html, react, vue };
