import "idiomorph/htmx";
import "fewclicks";

const element = document.querySelector("few-clicks");
element.messages = { heading: "What have you seen?" };
element.addEventListener("recommend", ({ detail: { recommendations } }) => {
  const rows = recommendations.map(({ item }) => Object.assign(document.createElement("li"), { textContent: item.title }));
  document.querySelector("#list").replaceChildren(...rows);
});
