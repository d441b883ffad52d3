/** A reader's welcome at a web-comic service that does not exist. It keeps what is picked to itself. */
import "../../pkg/few-clicks.js";
import { devicePanel } from "../device-panel.js";
import { showEntries } from "../entries.js";
import { make } from "../make.js";

const element = document.querySelector("few-clicks");
const form = document.querySelector("#welcome");
const shelf = document.querySelector("#shelf");
const fields = document.querySelectorAll("[data-user-field]");

devicePanel(element, document.querySelector(".device"));

element.addEventListener("ready", ({ detail: { info } }) => {
  document.querySelector("#notice").textContent = info.notice;
  for (const select of fields) offer(select, info.userFields);
});

for (const select of fields) select.addEventListener("change", () => tell(select));

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  showEntries(document.querySelector("#sent"), new FormData(form));
  await fill();
  show(shelf);
});

document.querySelector("#back").addEventListener("click", () => show(form));

/** Offer the values that the bundle knows. @param {HTMLSelectElement} select */
function offer(select, userFields) {
  const values = userFields.find(({ name }) => name === select.dataset.userField)?.values ?? [];
  select.replaceChildren(select.options[0], ...[...values].sort(byAge).map((value) => make("option", {}, value)));
  select.disabled = values.length === 0;
}

/** Sort age bands by their first number, "under …" first, and words by the alphabet. */
function byAge(a, b) {
  const rank = (value) => (value.startsWith("under") ? "" : value);
  return rank(a).localeCompare(rank(b), "en", { numeric: true });
}

function tell(select) {
  return element.describe(select.dataset.userField, select.value || null);
}

async function fill() {
  const recommendations = element.info ? await element.recommend(8) : [];
  document.querySelector("#shelf-lead").textContent = recommendations.length > 0
    ? "Eight to begin with. Each was found on this device."
    : "Nothing on it yet: the recommender could not be loaded. Your tags will do for a start.";
  document.querySelector("#covers").replaceChildren(...recommendations.map(cover));
}

function cover({ item: { title, fields: { author = [], tags = [] } }, because }) {
  return make("li", {},
    make("strong", {}, title),
    make("span", {}, author.join(", ")),
    make("small", {}, because?.others.length === 0 ? `Because you picked ${because.item.title}` : tags.slice(0, 2).join(" · ")));
}

function show(part) {
  form.hidden = part !== form;
  shelf.hidden = part !== shelf;
  scrollTo({ top: 0 });
  (part === shelf ? shelf : element).focus({ preventScroll: true });
}
