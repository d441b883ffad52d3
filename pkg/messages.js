/**
 * Every word the element says. A site replaces any of them through the `messages` property. `{name}` is
 * filled in; a message with plural forms is an object keyed by `Intl.PluralRules` category, chosen by `count`.
 * In pick mode a key that has a sibling with `pick` before it is said in the sibling's words.
 */
export const english = Object.freeze({
  heading: "Which of these do you know?",
  intro: "Tap what you know. Every answer improves your list at once, and stays on this device.",
  progress: "Answers given",
  progressText: "{count} of {goal} answered",
  progressDone: { one: "{count} answer, more if you like", other: "{count} answers, more if you like" },

  tiles: "Titles to answer",
  like: "Like",
  dislike: "Dislike",
  unknown: "Haven’t seen",
  stars: { one: "{count} star", other: "{count} stars" },
  liked: "Liked",
  disliked: "Disliked",
  unseen: "Not seen",
  undo: "Undo",
  others: "Show me others",
  undoLast: "Undo last",
  reset: "Start over",
  empty: "You have been through them all.",

  answers: "Your answers",
  change: "{title}: {value}. Change",
  remove: "Remove",
  remembered: "Kept in this browser only. “Start over” forgets them.",

  start: "A first guess",
  startNote: "The highest expected ratings, before your own.",
  recommended: "Picked for you",
  recommendedNote: { one: "From {count} answer, updated as you go.", other: "From {count} answers, updated as you go." },
  becauseLiked: "Because you liked {title}",
  becauseRated: { one: "Because you gave {title} {count} star", other: "Because you gave {title} {count} stars" },
  movedUp: { one: "up {count} place", other: "up {count} places" },
  fresh: "new",

  saidLike: "Liked {title}.",
  saidDislike: "Disliked {title}.",
  saidUnknown: "{title}: not seen.",
  saidStars: { one: "{title}: {count} star.", other: "{title}: {count} stars." },
  saidUndo: "Took back {title}.",
  saidReset: "All answers taken back.",
  saidRestored: "Your answers are back.",
  saidOthers: { one: "{count} other title.", other: "{count} other titles." },
  saidUpdate: "{progress}. Recommendations updated.",

  pickHeading: "Tap what you like",
  pickIntro: "Every tap improves your list at once, and stays on this device. Tap again to take it back.",
  pickProgress: "Picks made",
  pickProgressText: "{count} of {goal} picked",
  pickProgressDone: { one: "{count} pick, more if you like", other: "{count} picks, more if you like" },
  pickTiles: "Titles to pick from",
  pickLiked: "Picked",
  pickAnswers: "Your picks",
  pickRemove: "Take back {title}",
  pickStartNote: "What is most likely to please, before your first pick.",
  pickRecommendedNote: { one: "From {count} pick, updated as you go.", other: "From {count} picks, updated as you go." },
  pickBecauseLiked: "Because you picked {title}",
  pickSaidLike: "Picked {title}.",
  pickSaidReset: "All picks taken back.",
  pickSaidRestored: "Your picks are back.",

  loading: "Loading…",
  failed: "Recommendations are not available right now",
  failedNetwork: "The connection failed on the way. Your form still works without them.",
  failedWasm: "This browser or page does not allow WebAssembly. Your form still works without them.",
  failedBundle: "What arrived is damaged or from another version. Your form still works without them.",
  retry: "Try again",
});

/**
 * @param {Partial<import("./element.js").Messages>} own messages that replace the English ones
 * @param {string} lang BCP 47 tag for the plural rules; an invalid one counts as English
 * @param {"rate" | "pick"} mode
 * @returns {(key: keyof typeof english, values?: Record<string, string | number>) => string}
 */
export function translator(own, lang, mode) {
  const plural = pluralRules(lang);
  const said = (key) => own[key] ?? english[key];
  return (key, values = {}) => {
    const message = (mode === "pick" && said(`pick${key[0].toUpperCase()}${key.slice(1)}`)) || said(key);
    const text = typeof message === "string" ? message : (message[plural.select(Number(values.count))] ?? message.other);
    return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
  };
}

function pluralRules(lang) {
  try {
    return new Intl.PluralRules(lang || "en");
  } catch {
    return new Intl.PluralRules("en");
  }
}
