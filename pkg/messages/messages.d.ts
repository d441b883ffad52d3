// Made from en.js by `npm run docs` in packaging/.

/** Plural forms by `Intl.PluralRules` category; `{count}` chooses the form and is filled in like any `{name}`. */
export type PluralMessage = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;

export type Message = string | PluralMessage;

/** In pick mode a key that has a sibling with `pick` before it is said in the sibling's words. */
export interface Messages {
  /** Which of these do you know? */
  heading: Message;
  /** Tap what you know. Every answer improves your list at once, and stays on this device. */
  intro: Message;
  /** Answers given */
  progress: Message;
  /** {count} of {goal} answered */
  progressText: Message;
  /** {count} answers */
  progressDone: Message;
  /** {count} more and you can go on */
  minLeft: Message;
  /** Enough to go on, {count} more for a better list */
  goalLeft: Message;
  /** That is plenty, more if you like */
  goalDone: Message;
  /** Answer at least {count} titles. */
  valueMissing: Message;
  /** Search by name */
  search: Message;
  /** Titles found */
  searchLabel: Message;
  /** No title found */
  searchNone: Message;
  /** {count} titles found */
  searchResults: Message;
  /** Titles to answer */
  tiles: Message;
  /** Like */
  like: Message;
  /** Dislike */
  dislike: Message;
  /** Haven’t seen */
  unknown: Message;
  /** {count} stars */
  stars: Message;
  /** Liked */
  liked: Message;
  /** Disliked */
  disliked: Message;
  /** Not seen */
  unseen: Message;
  /** Undo */
  undo: Message;
  /** Show me others */
  others: Message;
  /** None of these */
  none: Message;
  /** Undo last */
  undoLast: Message;
  /** Start over */
  reset: Message;
  /** You have been through them all. */
  empty: Message;
  /** Skip for now */
  skip: Message;
  /** Skipped for now. */
  skipped: Message;
  /** Answer after all */
  resume: Message;
  /** Your answers */
  answers: Message;
  /** {title}: {value}. Change */
  change: Message;
  /** Remove */
  remove: Message;
  /** Kept in this browser only. */
  remembered: Message;
  /** Forget my answers */
  forget: Message;
  /** A first guess */
  start: Message;
  /** Widely liked, before your own answers. */
  startNote: Message;
  /** Picked for you */
  recommended: Message;
  /** From {count} answers, updated as you go. */
  recommendedNote: Message;
  /** Because you liked {title} */
  becauseLiked: Message;
  /** Because you gave {title} {count} stars */
  becauseRated: Message;
  /** Because you disliked {title} */
  becauseDisliked: Message;
  /** {because} · also {shared} */
  also: Message;
  /** Because of {count} titles you liked: {shared} */
  becauseShared: Message;
  /** Because of {count} titles you liked */
  becauseSeveral: Message;
  /** Because of {count} of your answers */
  becauseAnswers: Message;
  /** Widely liked */
  widelyLiked: Message;
  /** up {count} places */
  movedUp: Message;
  /** new */
  fresh: Message;
  /** a discovery */
  discovery: Message;
  /** Liked {title}. */
  saidLike: Message;
  /** Disliked {title}. */
  saidDislike: Message;
  /** {title}: not seen. */
  saidUnknown: Message;
  /** {title}: {count} stars. */
  saidStars: Message;
  /** Took back {title}. */
  saidUndo: Message;
  /** All answers taken back. */
  saidReset: Message;
  /** Your answers are back. */
  saidRestored: Message;
  /** {count} other titles. */
  saidOthers: Message;
  /** {count} more like it. */
  saidRelated: Message;
  /** {progress}. Recommendations updated. */
  saidUpdate: Message;
  /** Tap what you like */
  pickHeading: Message;
  /** Every tap improves your list at once, and stays on this device. Tap again to take it back. */
  pickIntro: Message;
  /** Picks made */
  pickProgress: Message;
  /** {count} of {goal} picked */
  pickProgressText: Message;
  /** {count} picks */
  pickProgressDone: Message;
  /** Pick at least {count} titles. */
  pickValueMissing: Message;
  /** Titles to pick from */
  pickTiles: Message;
  /** Picked */
  pickLiked: Message;
  /** Pick after all */
  pickResume: Message;
  /** Your picks */
  pickAnswers: Message;
  /** Take back {title} */
  pickRemove: Message;
  /** Forget my picks */
  pickForget: Message;
  /** What is most likely to please, before your first pick. */
  pickStartNote: Message;
  /** From {count} picks, updated as you go. */
  pickRecommendedNote: Message;
  /** Because you picked {title} */
  pickBecauseLiked: Message;
  /** Because of {count} of your picks: {shared} */
  pickBecauseShared: Message;
  /** Because of {count} of your picks */
  pickBecauseSeveral: Message;
  /** Picked {title}. */
  pickSaidLike: Message;
  /** All picks taken back. */
  pickSaidReset: Message;
  /** Your picks are back. */
  pickSaidRestored: Message;
  /** Loading… */
  loading: Message;
  /** Recommendations are not available right now */
  failed: Message;
  /** The connection failed on the way. Everything else here works without them. */
  failedNetwork: Message;
  /** What they need is not there. Everything else here works without them. */
  failedMissing: Message;
  /** WebAssembly is not allowed here. Everything else here works without them. */
  failedWasm: Message;
  /** The model stopped on this device. Everything else here works. */
  failedWorker: Message;
  /** What arrived is damaged or from another version. Everything else here works without them. */
  failedBundle: Message;
  /** Try again */
  retry: Message;
}

/** What the tools of the list say; see `list-actions`. */
export interface ListMessages {
  /** Seen it */
  seen: Message;
  /** Not for me */
  dismiss: Message;
  /** More like this */
  more: Message;
  /** Share this list */
  share: Message;
  /** {action}: {title} */
  ofTitle: Message;
  /** {title} is off the list. */
  offList: Message;
  /** Bring it back */
  back: Message;
  /** The list is copied. */
  copied: Message;
  /** Copy this list */
  copyThis: Message;
  /** {field}: all */
  filterAll: Message;
  /** Nothing here matches. Choose less. */
  filterNone: Message;
  /** Your list is ready. */
  finish: Message;
  /** See the list */
  toList: Message;
}
