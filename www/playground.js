/** Try the element's settings on any bundle: `playground.html?bundle=ADDRESS`, by default the bundle beside this page. */
import "../pkg/few-clicks.js";
import { snippets } from "./snippets.js";

const MAX_EVENTS = 50;
/** Recommendations whose fields stand for those of the catalogue. */
const SAMPLE = 60;
const EVENTS = ["ready", "answer", "recommend", "complete", "skip", "listaction", "error"];

const find = (selector) => document.querySelector(selector);
const all = (selector) => [...document.querySelectorAll(selector)];

const address = new URLSearchParams(location.search).get("bundle") || "bundle";
find("#bundle").value = address;

const elements = all("[data-screen]").map((screen) => {
  const element = document.createElement("few-clicks");
  element.setAttribute("bundle", address);
  const fallback = document.createElement("p");
  fallback.slot = "fallback";
  fallback.textContent = "Here stands what your page shows where the model cannot be loaded.";
  const finish = document.createElement("strong");
  finish.slot = "finish";
  finish.textContent = "What comes next stands here.";
  element.append(fallback, finish);
  screen.append(element);
  return element;
});
const [wide] = elements;

/** What is set: attributes, custom properties, messages, and the site's own words of items. */
const settings = { bundle: address, attributes: {}, css: {}, messages: {}, overrides: {}, template: null };
let scheme = "";
let fields = [];
let snippet = "html";

for (const type of EVENTS) {
  for (const element of elements) {
    // Of those that are seen the first one.
    element.addEventListener(type, ({ detail }) => element === elements.find((own) => own.checkVisibility()) && note(type, detail));
  }
}
wide.addEventListener("ready", ({ detail: { info } }) => describe(info), { once: true });
wide.addEventListener("error", ({ detail }) => { if (!wide.info) find("#about").textContent = `The bundle could not be loaded: ${detail.message}`; });

find("form").addEventListener("submit", (event) => {
  event.preventDefault();
  location.search = new URLSearchParams({ bundle: find("#bundle").value });
});
find("form").addEventListener("change", apply);
find("#overrides").addEventListener("input", apply);
for (const button of all("[data-snippet]")) {
  button.addEventListener("click", () => {
    snippet = button.dataset.snippet;
    for (const other of all("[data-snippet]")) other.setAttribute("aria-pressed", String(other === button));
    write();
  });
}
find("#copy").addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(find("#snippet").textContent);
    find("#copied").textContent = "Copied.";
  } catch {
    getSelection().selectAllChildren(find("#snippet"));
    find("#copied").textContent = "Selected: copy it by the keyboard.";
  }
});
apply();

/** Offer what the bundle has. */
async function describe(info) {
  const { name, kind, itemCount, scale } = info;
  const rates = kind === "ratings" ? `ratings from ${scale.min} to ${scale.max}` : "picks";
  find("#about").textContent = `“${name}”: ${itemCount.toLocaleString("en")} items, learned from ${rates}.`;
  const items = (await wide.recommend(SAMPLE)).map(({ item }) => item);
  fields = [...new Set(items.flatMap((item) => Object.keys(item.fields)))];
  for (const group of all("[data-fields]")) group.replaceChildren(...fields.map((field) => choice(group, field)));
  find("#images").append(...fields.map((field) => new Option(field)));
  find("#rating").disabled = kind === "picks";
  const [first] = items;
  find("#overrides").placeholder = JSON.stringify({ [first.id]: { title: first.title, image: "https://…", href: "https://…" } }, null, 2);
  apply();
}

/** Return a checkbox for a field. Under a title the first two are shown, unless the element's own defaults are there. */
function choice(group, field) {
  const label = document.createElement("label");
  label.className = "check";
  const box = document.createElement("input");
  Object.assign(box, { type: "checkbox", value: field });
  const shown = wide.details.some((own) => fields.includes(own)) ? wide.details : fields.slice(0, 2);
  box.checked = group.dataset.words === "details" && shown.includes(field);
  label.append(box, ` ${field}`);
  return label;
}

/** Set on both elements what the form says. */
function apply() {
  settings.attributes = attributes();
  settings.css = Object.fromEntries(all("[data-css]").filter(isSet).map((input) => [`--few-clicks-${input.dataset.css}`, input.value]));
  const heading = find("#heading").value;
  const messages = heading ? { heading, pickHeading: heading } : {};
  // An element looks at the scheme around it when it is drawn.
  const changed = JSON.stringify(messages) !== JSON.stringify(settings.messages) || scheme !== find("#scheme").value;
  scheme = find("#scheme").value;
  settings.messages = messages;
  settings.template = find("#template").checked ? templateOf() : null;
  const overrides = read();
  for (const element of elements) {
    const lang = find("#lang").value;
    const page = element.parentElement;
    page.lang = lang;
    page.dir = lang === "ar" ? "rtl" : "ltr";
    page.style.colorScheme = scheme;
    element.lang = lang;
    for (const { dataset: { css } } of all("[data-css]")) element.style.removeProperty(`--few-clicks-${css}`);
    for (const [name, value] of Object.entries(settings.css)) element.style.setProperty(name, value);
    const named = all("[data-attribute], [data-words]").map(({ dataset }) => dataset.attribute ?? dataset.words);
    for (const name of named) set(element, name, settings.attributes[name]);
    if (changed) element.messages = messages;
    if (overrides) element.overrides = overrides;
    drawTemplate(element);
  }
  if (overrides) settings.overrides = overrides;
  write();
}

/** Return whether the details are those of an element without the attribute. No details at all are others. */
function isDefault(value) {
  return value.split(" ").sort().join(" ") === document.createElement("few-clicks").details.sort().join(" ");
}

/** Set an attribute only where it changes: each change draws the element anew. */
function set(element, name, value) {
  if (value === undefined) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** Return the attributes that differ from the defaults, by name. */
function attributes() {
  const single = all("[data-attribute]").filter(({ type, checked, value }) => (type === "checkbox" ? checked : value))
    .map((input) => [input.dataset.attribute, input.type === "checkbox" ? "" : input.value]);
  const words = all("[data-words]").map((group) => [group.dataset.words, [...group.querySelectorAll(":checked")].map(({ value }) => value).join(" ")]);
  return Object.fromEntries([...single, ...words.filter(([name, value]) => (name === "details" ? fields.length > 0 && !isDefault(value) : value))]);
}

function isSet({ value, defaultValue }) {
  return value !== "" && value !== defaultValue;
}

/** Return what the site says of items; null where nothing has changed or it is no JSON. */
function read() {
  const text = find("#overrides").value.trim();
  let overrides = {};
  find("#overrides-error").textContent = "";
  try {
    if (text) overrides = JSON.parse(text);
  } catch (error) {
    find("#overrides-error").textContent = `No JSON yet: ${error.message}`;
    return null;
  }
  return JSON.stringify(overrides) === JSON.stringify(settings.overrides) ? null : overrides;
}

function templateOf() {
  const name = (field) => field.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  return ['<strong data-field="title"></strong>', ...wide.details.map((field) => `<small data-field="${name(field)}"></small>`)].join(" ");
}

/** Give an element the template, or take it away. */
function drawTemplate(element) {
  const old = element.querySelector("template");
  if (!settings.template) return old?.remove();
  if (old?.innerHTML === settings.template) return;
  old?.remove();
  const template = document.createElement("template");
  template.slot = "tile";
  template.innerHTML = settings.template;
  element.append(template);
}

function write() {
  find("#snippet").textContent = snippets[snippet](settings);
  find("#copied").textContent = "";
}

function note(type, detail) {
  const line = document.createElement("li");
  const what = detail?.item?.title ?? detail?.action ?? detail?.message ?? (detail?.recommendations && `${detail.recommendations.length} items`) ?? "";
  line.textContent = `${type} ${detail?.action && detail.item ? `${detail.action} ` : ""}${detail?.value ? `${detail.value} ` : ""}${what}`;
  find("#events").prepend(line);
  [...find("#events").children].slice(MAX_EVENTS).forEach((old) => old.remove());
}
