/** What a form sends of the element. */

/** @typedef {import("./element.js").Answered} Answered */

/**
 * Nothing unless the site chose it.
 * @param {{ submit: "none" | "recommendations" | "answers", name: string }} element
 * @param {{ answers: Answered[], recommendations: import("./element.js").Recommendation[] } | null} shown
 * @returns {FormData | null}
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
