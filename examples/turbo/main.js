import "@hotwired/turbo";
import "fewclicks";

// A visit may bring a new element, a refresh keeps the one that is there.
document.addEventListener("turbo:load", () => {
  const element = document.querySelector("few-clicks");
  if (element && !element.messages.heading) element.messages = { heading: "What have you seen?" };
});

// Events reach the document, from whichever element.
document.addEventListener("recommend", ({ detail: { recommendations } }) => {
  const rows = recommendations.map(({ item }) => Object.assign(document.createElement("li"), { textContent: item.title }));
  document.querySelector("#list").replaceChildren(...rows);
});
