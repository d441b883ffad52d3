/** The values that the element takes and returns. */
import type {
  Adaptation, Answer, Answered, BundleInfo, ErrorCode, FewClicksError, Item, Reason, SavedState,
} from "./fewclicks.js";
import type * as model from "./fewclicks.js";
import type { ListMessages, Messages } from "./messages/messages.js";

export type {
  Answer, Adaptation, Answered, BundleInfo, ErrorCode, FewClicksError, Item, ListMessages, Messages, Reason, SavedState,
};

/** The site's own words and image of an item, which replace the catalogue's. */
export interface ItemOverride {
  title?: string;
  /** Replaces the catalogue's fields of the same names. */
  fields?: Readonly<Record<string, readonly string[]>>;
  /** Address of an image. Its server learns that somebody is shown the item. */
  image?: string;
  /** Address that a recommendation's title links to. */
  href?: string;
}

/** An item as it is shown. */
export type ShownItem = Item & ItemOverride;

/** A feature that two items share. */
export interface Shared { field: string; value: string }

/** Why an item is recommended: an answer that moved it up, or several. */
export interface Because extends Reason {
  /** Whether the answer, or each of several, is closer to a like than to a dislike. */
  liked: boolean;
  /** The rarest features that the item shares with a liked one, two at most. */
  shared: Shared[];
  /** The other answers, where several are named together. */
  others: Reason[];
}

/** A recommendation of the element. The reasons of a list are chosen together, so that they differ. */
export interface Recommendation extends Omit<model.Recommendation, "because"> {
  /** Null where no answer moved the item up: it is widely liked. */
  because: Because | null;
  /** Whether it is a discovery: likely liked, and not expected before any answer. Only with `explore`. */
  discovery?: boolean;
}

/** Draws the inside of a tile; returns null for the poster. */
export type TileRenderer = (item: ShownItem, about: { mode: "rate" | "pick" }) => Node | string | null;

/** How much of the bundle has arrived, in bytes. `total` is the same in every event. */
export interface ProgressDetail { loaded: number; total: number }

/** The bundle is loaded. Tiles may have been answered before: `answer` events for them follow. */
export interface ReadyDetail { info: BundleInfo }

/** The visitor answered an item, changed the answer, or took it back (`value: null`). */
export interface AnswerDetail {
  item: ShownItem;
  value: Answer | null;
  /** Number of ratings so far, without "haven't seen"; in pick mode the number of picks. */
  count: number;
}

/** The recommendations after an action of the visitor. */
export interface RecommendDetail { recommendations: Recommendation[]; adaptation: Adaptation }

/** The visitor has just reached the goal. */
export interface CompleteDetail { answers: Answered[]; recommendations: Recommendation[] }

/** The visitor has skipped the questions, or come back to them. */
export interface SkipDetail { skipped: boolean }

/** What a visitor can do with the list. */
export type ListAction = "like" | "seen" | "dismiss" | "back" | "more" | "share" | "filter";

/** The visitor did something with the list. A like, and in rate mode "not for me", is an answer too, and an event `answer` follows. */
export interface ListActionDetail {
  action: ListAction;
  /** The item of the row; null for `share` and `filter`. */
  item: ShownItem | null;
  /** Of `more`: the items that are like it. */
  related?: ShownItem[];
  /** Of `filter`: the values that are chosen now, by field. */
  filters?: Record<string, string>;
  /** Of `share`: the list as text. */
  text?: string;
  /** Of `share`: by the system's dialog, to the clipboard, or shown to be copied where neither is allowed. */
  by?: "share" | "clipboard" | "text";
}

/** Something failed. With `bad-state` remembered answers did not fit and were dropped; the element goes on without them. */
export interface ErrorDetail { code: ErrorCode; message: string }

/** The events bubble, but for `error`, and are composed. Calling a method fires none of them. */
export interface FewClicksEventMap {
  progress: CustomEvent<ProgressDetail>;
  ready: CustomEvent<ReadyDetail>;
  answer: CustomEvent<AnswerDetail>;
  recommend: CustomEvent<RecommendDetail>;
  complete: CustomEvent<CompleteDetail>;
  skip: CustomEvent<SkipDetail>;
  listaction: CustomEvent<ListActionDetail>;
  error: CustomEvent<ErrorDetail>;
}
