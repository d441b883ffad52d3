/** Show the entries of a form as they would be sent. */
import { make } from "./make.js";

/** @param {HTMLElement} list a `<dl>` @param {FormData} data */
export function showEntries(list, data) {
  const told = (name, value) => (name === "password" ? "•".repeat(8) : value || "(empty)");
  list.replaceChildren(...[...data].flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, told(name, value))]));
}
