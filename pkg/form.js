/** The form entries of the element. */

/** @import { Answered, Recommendation } from "./types.js" */

/**
 * Return what a form sends, as a script may read it.
 * @param {{ submit: "none" | "recommendations" | "answers", name: string }} element
 * @param {{ answers: Answered[], recommendations: Recommendation[] } | null} shown
 * @returns {string | string[]} JSON of all answers, or the id of each recommendation; empty where nothing is sent
 */
export function formValue({ submit }, shown) {
  const entries = submission({ submit, name: "value" }, shown)?.getAll("value") ?? [];
  return /** @type {string | string[]} */ (submit === "recommendations" ? entries : entries[0] ?? "");
}

/**
 * Build the entries that a form sends: nothing unless the site has set `submit` and `name`, and the visitor has answered.
 * @param {{ submit: "none" | "recommendations" | "answers", name: string }} element
 * @param {{ answers: Answered[], recommendations: Recommendation[] } | null} shown
 * @returns {FormData | null} one entry for each recommendation (its id), or one entry for all answers (JSON)
 */
export function submission({ submit, name }, shown) {
  if (submit === "none" || !name || !shown || shown.answers.length === 0) return null;
  const data = new FormData();
  if (submit === "answers") {
    data.append(name, JSON.stringify(shown.answers.map(({ item, value }) => ({ id: item.id, value }))));
  } else {
    for (const { item } of shown.recommendations) data.append(name, item.id);
  }
  return data;
}
