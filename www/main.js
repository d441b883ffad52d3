/** The signup page of a film service that does not exist. It keeps what is typed to itself. */
import "../pkg/few-clicks.js";

const EVENINGS = 5;

/** Words for the values of the bundle's user fields that are not words yet. */
const labels = new Map([
  ["alone", "on my own"],
  ["partner", "with a partner"],
  ["family", "with family"],
  ["friends", "with friends"],
]);

const element = document.querySelector("few-clicks");
const form = document.querySelector("#signup");
const welcome = document.querySelector("#welcome");
const fields = document.querySelectorAll("[data-user-field]");

const options = new URLSearchParams(location.search);
element.toggleAttribute("remember", options.has("remember"));
if (options.get("rating") === "stars") element.setAttribute("rating", "stars");

element.addEventListener("ready", ({ detail: { info } }) => {
  document.querySelector("#notice").textContent = info.notice;
  for (const select of fields) offer(select, info.userFields);
});

for (const select of fields) {
  select.addEventListener("change", () => element.describe(select.dataset.userField, select.value || null));
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  greet(new FormData(form).get("name").trim());
  show(welcome);
});

document.querySelector("#back").addEventListener("click", () => show(form));

/** Fills a select with the values that the bundle knows; without any it stays disabled. */
function offer(select, userFields) {
  const values = userFields.find(({ name }) => name === select.dataset.userField)?.values ?? [];
  const chosen = select.value;
  select.replaceChildren(select.options[0], ...values.map((value) => new Option(labels.get(value) ?? value, value)));
  select.value = values.includes(chosen) ? chosen : "";
  select.disabled = values.length === 0;
}

function greet(name) {
  const picks = element.info ? element.recommend(EVENINGS) : [];
  const own = element.info && element.answers.some(({ value }) => value !== "unknown");
  document.querySelector("#welcome-title").textContent = `Welcome, ${name}.`;
  document.querySelector("#welcome-lead").textContent = own
    ? "Your first evenings, from what you told us:"
    : "Tell us about a few films whenever you like. Until then, people enjoy these:";
  document.querySelector("#evenings").replaceChildren(...picks.map(({ item }) => evening(item)));
}

function evening({ title, fields: { year = [], director = [] } }) {
  const row = document.createElement("li");
  const name = document.createElement("strong");
  name.textContent = title;
  row.append(name, ` ${[...year, director.join(", ")].filter(Boolean).join(" · ")}`);
  return row;
}

function show(part) {
  form.hidden = part !== form;
  welcome.hidden = part !== welcome;
  scrollTo({ top: 0 });
  (part === welcome ? welcome : document.querySelector("#name")).focus({ preventScroll: true });
}
