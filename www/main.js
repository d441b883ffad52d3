/** The signup page of a film service that does not exist. It keeps what is typed to itself. */
import "../pkg/few-clicks.js";
import { devicePanel } from "./device-panel.js";
import { showEntries } from "./entries.js";

const EVENINGS = 5;

const element = document.querySelector("few-clicks");
const form = document.querySelector("#signup");
const welcome = document.querySelector("#welcome");
const fields = document.querySelectorAll("[data-user-field]");

devicePanel(element, document.querySelector(".device"));

const options = new URLSearchParams(location.search);
element.toggleAttribute("remember", options.has("remember"));
for (const name of ["mode", "rating"]) {
  if (options.has(name)) element.setAttribute(name, options.get(name));
}

element.addEventListener("ready", ({ detail: { info } }) => {
  document.querySelector("#notice").textContent = info.notice;
  if (element.mode === "pick") element.querySelector("[slot=title]").textContent = "Tap the films you like";
  // The other pages are about the demo's own data, not about another bundle.
  if (info.name !== "films") document.querySelectorAll("nav a + a:not([href^=playground])").forEach((link) => link.remove());
  for (const select of fields) offer(select, info.userFields);
});

for (const select of fields) select.addEventListener("change", () => tell(select));

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const data = new FormData(form);
  showEntries(document.querySelector("#sent"), data);
  await greet(data.get("name").trim());
  show(welcome);
});

document.querySelector("#back").addEventListener("click", () => show(form));

/** Enable a select with the values that the bundle knows; where it knows none the select stays disabled. */
function offer(select, userFields) {
  const known = userFields.find(({ name }) => name === select.dataset.userField)?.values ?? [];
  for (const option of [...select.options]) {
    if (option.value && !known.includes(option.value)) option.remove();
  }
  select.disabled = select.options.length === 1;
  // A browser may have restored the choice made before a reload.
  if (select.value) tell(select);
}

function tell(select) {
  element.describe(select.dataset.userField, select.value || null);
}

async function greet(name) {
  const picks = element.info ? await element.recommend(EVENINGS) : [];
  const own = element.info && element.answers.some(({ value }) => value !== "unknown");
  document.querySelector("#welcome-title").textContent = `Welcome, ${name}.`;
  document.querySelector("#welcome-lead").textContent = own
    ? "Your first evenings, from what you told us:"
    : "Tell us about a few films whenever you like. Until then, a first guess:";
  document.querySelector("#evenings").replaceChildren(...picks.map(evening));
}

function evening({ item: { title, fields: { year = [], director = [] } }, because }) {
  const row = document.createElement("li");
  const [name, about, reason] = ["strong", "span", "small"].map((tag) => document.createElement(tag));
  name.textContent = title;
  about.textContent = [...year, director.join(", ")].filter(Boolean).join(" · ");
  // The reason that the list gave, where it is one answer.
  if (because?.liked && because.others.length === 0) reason.textContent = `Because you liked ${because.item.title}`;
  row.append(name, " ", about, " ", reason);
  return row;
}

function show(part) {
  form.hidden = part !== form;
  welcome.hidden = part !== welcome;
  scrollTo({ top: 0 });
  (part === welcome ? welcome : element).focus({ preventScroll: true });
}
