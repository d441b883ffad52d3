import type {
  Answer, Answered, BundleInfo, FewClicksError, Item, Reason, Recommendation, SavedState,
} from "./fewclicks.js";

export type { Answer, Answered, BundleInfo, Item, Reason, Recommendation, SavedState };

/** Plural forms by `Intl.PluralRules` category; `{count}` chooses the form and is filled in like any `{name}`. */
export type PluralMessage = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;

/** In pick mode a key that has a sibling with `pick` before it is said in the sibling's words. */
export type MessageKey =
  | "heading" | "intro" | "progress" | "progressText" | "progressDone"
  | "tiles" | "like" | "dislike" | "unknown" | "stars" | "liked" | "disliked" | "unseen"
  | "undo" | "others" | "undoLast" | "reset" | "empty"
  | "answers" | "change" | "remove" | "remembered"
  | "start" | "startNote" | "recommended" | "recommendedNote" | "becauseLiked" | "becauseRated" | "movedUp" | "fresh"
  | "saidLike" | "saidDislike" | "saidUnknown" | "saidStars" | "saidUndo" | "saidReset" | "saidRestored"
  | "saidOthers" | "saidUpdate"
  | "pickHeading" | "pickIntro" | "pickProgress" | "pickProgressText" | "pickProgressDone" | "pickTiles" | "pickLiked"
  | "pickAnswers" | "pickRemove" | "pickStartNote" | "pickRecommendedNote" | "pickBecauseLiked"
  | "pickSaidLike" | "pickSaidReset" | "pickSaidRestored"
  | "loading" | "failed" | "failedNetwork" | "failedWasm" | "failedBundle" | "retry";

export type Messages = Record<MessageKey, string | PluralMessage>;

/** The bundle is loaded: answers can be given and recommendations asked for. */
export interface ReadyDetail { info: BundleInfo }

/** The visitor answered an item, changed the answer, or (`value: null`) took it back. */
export interface AnswerDetail {
  item: Item;
  value: Answer | null;
  /** Ratings given so far, "haven't seen" being none; in pick mode the picks. */
  count: number;
}

/** The recommendations after something the visitor did. */
export interface RecommendDetail { recommendations: Recommendation[] }

/** The visitor has just reached the goal. */
export interface CompleteDetail { answers: Answered[]; recommendations: Recommendation[] }

/**
 * The model's own codes, such as `network`, `hash` or `bad-state` (remembered answers that did not fit and were
 * dropped); `wasm`, where WebAssembly is forbidden or absent; and `bundle`, where a failure has no other name.
 */
export interface ErrorDetail { code: FewClicksError["code"] | "wasm" | "bundle"; message: string }

/** All bubble and are composed. None is fired for what the site itself does through a method. */
export interface FewClicksEventMap {
  ready: CustomEvent<ReadyDetail>;
  answer: CustomEvent<AnswerDetail>;
  recommend: CustomEvent<RecommendDetail>;
  complete: CustomEvent<CompleteDetail>;
  error: CustomEvent<ErrorDetail>;
}

/**
 * `<few-clicks bundle="…">`. Methods that need the model throw an `Error` with the code `not-ready` before `ready`,
 * and the model's own errors (`unknown-item`, `bad-answer`, `bad-state`) after it.
 */
export class FewClicksElement extends HTMLElement {
  static readonly observedAttributes: readonly string[];

  /** Absolute URL of the bundle folder or of its manifest; null without a `bundle` attribute. */
  get bundle(): string | null;
  set bundle(value: string | null);
  /**
   * What a visitor does: rates what they know, or picks what they like. Without the attribute what the bundle was
   * trained on, and `rate` until it is loaded. A pick is the answer `"like"`; what was passed over has no answer.
   */
  get mode(): "rate" | "pick";
  set mode(value: "rate" | "pick" | null);
  /** How an item is rated; `like` unless the attribute says `stars`. Pick mode knows only likes. */
  rating: "like" | "stars";
  /** Answers to ask for, 1 to 60; 5 unless set. */
  goal: number;
  /** Tiles shown at a time, 1 to 60; 9 unless set. */
  tiles: number;
  /** Length of the list, 1 to 60; 8 unless set. */
  recommendations: number;
  /** Names of the item fields printed under a title; `["year", "director"]` unless set. */
  details: string[];
  /** Whether answers are kept in this browser's localStorage; off unless set. */
  remember: boolean;
  /** Replaces any of the English messages. */
  messages: Partial<Messages>;

  /** About the bundle; null before `ready`. */
  readonly info: BundleInfo | null;
  /** Answers so far, oldest first, "haven't seen" included. */
  readonly answers: Answered[];

  answer(id: string, value: Answer): void;
  /** Takes back an answer, the latest without an id; null if there was none. */
  undo(id?: string): Answered | null;
  /** Takes back all answers; what `describe` said stays. */
  reset(): void;
  /** The best items, never one with an answer; as many as the list shows unless `count` is given. */
  recommend(count?: number): Recommendation[];
  /** Tells the model a user field, such as an age band; null for unknown. May be called before `ready`. */
  describe(field: string, value: string | null): void;
  save(): SavedState;
  restore(state: SavedState): void;
  /** Takes back answers and descriptions, and deletes what this browser remembers. */
  forget(): void;

  addEventListener<K extends keyof FewClicksEventMap>(
    type: K,
    listener: (this: FewClicksElement, event: FewClicksEventMap[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener<K extends Exclude<keyof HTMLElementEventMap, keyof FewClicksEventMap>>(
    type: K,
    listener: (this: FewClicksElement, event: HTMLElementEventMap[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<K extends keyof FewClicksEventMap>(
    type: K,
    listener: (this: FewClicksElement, event: FewClicksEventMap[K]) => void,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | EventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "few-clicks": FewClicksElement;
  }
}
