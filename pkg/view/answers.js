/** Which answers count, and how answers are put into words. */

/** @import { Answer, Because, Reason } from "../types.js" */
/** @import { Context } from "./context.js" */

export const STARS = 5;

/** Convert a rating to stars, to a tenth. @param {number} rating @param {Context["scale"]} scale @returns {number} */
const starsOf = (rating, { min, max }) => Math.round((((rating - min) / (max - min)) * (STARS - 1) + 1) * 10) / 10;

/**
 * Keep the answers that count: in pick mode the likes, else all but "haven't seen", which is no rating.
 * @template {{ value: Answer }} A
 * @param {Pick<Context, "mode">} context
 * @param {A[]} answers
 * @returns {A[]}
 */
export function countedAnswers({ mode }, answers) {
  return answers.filter(({ value }) => (mode === "pick" ? value === "like" : value !== "unknown"));
}

const VALUES = /** @type {const} */ ({ like: "liked", dislike: "disliked", unknown: "unseen" });
const SAID = /** @type {const} */ ({ like: "saidLike", dislike: "saidDislike", unknown: "saidUnknown" });

/** Name an answer, such as "Liked" or "4 stars". @param {Context} context @param {Answer} value @returns {string} */
export function valueText({ t, scale }, value) {
  return typeof value === "number" ? t("stars", { count: starsOf(value, scale) }) : t(VALUES[value]);
}

/** Announce an answer, such as "Liked Heat." @param {Context} context @param {string} title @param {Answer} value @returns {string} */
export function saidText({ t, scale }, title, value) {
  return typeof value === "number" ? t("saidStars", { title, count: starsOf(value, scale) }) : t(SAID[value], { title });
}

/** Say why an item is recommended, such as "Because you liked Heat · also Crime". @param {Context} context @param {Because | null} because @returns {string} */
export function reasonText(context, because) {
  const { t } = context;
  if (!because) return t("widelyLiked");
  const shared = because.shared.map(({ value }) => value).join(", ");
  if (because.others.length === 0) {
    const text = becauseText(context, because);
    return shared ? t("also", { because: text, shared }) : text;
  }
  const count = because.others.length + 1;
  return shared ? t("becauseShared", { count, shared }) : t(because.liked ? "becauseSeveral" : "becauseAnswers", { count });
}

/** Name one answer as the reason, such as "Because you liked Heat". @param {Context} context @param {Reason} because @returns {string} */
function becauseText({ t, scale }, { item: { title }, value }) {
  return typeof value === "number"
    ? t("becauseRated", { title, count: starsOf(value, scale) })
    : t(value === "dislike" ? "becauseDisliked" : "becauseLiked", { title });
}
