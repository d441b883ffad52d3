/** The values that the element takes and gives. */
import type {
  Adaptation, Answer, Answered, BundleInfo, ErrorCode, FewClicksError, Item, Reason, Recommendation, SavedState,
} from "./fewclicks.js";
import type { Messages } from "./messages/messages.js";

export type {
  Answer, Adaptation, Answered, BundleInfo, ErrorCode, FewClicksError, Item, Messages, Reason, Recommendation, SavedState,
};

/** What the local update did, and how long that and ranking the catalogue took. */
export interface LocalUpdate extends Adaptation { milliseconds: number }

/** What a site says of an item, over what the catalogue says. */
export interface ItemOverride {
  title?: string;
  /** Over the catalogue's fields of the same names. */
  fields?: Record<string, string[]>;
  /** Address of an image. Its server hears that somebody looks at the item. */
  image?: string;
  /** Where a recommendation's title leads. */
  href?: string;
}

/** An item as it is shown. */
export type ShownItem = Item & ItemOverride;

/** Draws the inside of a tile; null for the drawn poster. */
export type TileRenderer = (item: ShownItem, about: { mode: "rate" | "pick" }) => Node | string | null;

/** How much of the bundle has arrived, in bytes; `total` is known from the first one on. */
export interface ProgressDetail { loaded: number; total: number }

/** The bundle is loaded: the model is there. Tiles may have been answered before; what was is told next. */
export interface ReadyDetail { info: BundleInfo }

/** The visitor answered an item, changed the answer, or (`value: null`) took it back. */
export interface AnswerDetail {
  item: ShownItem;
  value: Answer | null;
  /** Ratings given so far, "haven't seen" being none; in pick mode the picks. */
  count: number;
}

/** The recommendations after something the visitor did. */
export interface RecommendDetail { recommendations: Recommendation[]; adaptation: LocalUpdate }

/** The visitor has just reached the goal. */
export interface CompleteDetail { answers: Answered[]; recommendations: Recommendation[] }

/** The visitor has put the questions aside for now, or come back to them. */
export interface SkipDetail { skipped: boolean }

/** Something failed. With `bad-state` remembered answers did not fit and were dropped; the element goes on without them. */
export interface ErrorDetail { code: ErrorCode; message: string }

/** All bubble and are composed. None is fired for what the site itself does through a method. */
export interface FewClicksEventMap {
  progress: CustomEvent<ProgressDetail>;
  ready: CustomEvent<ReadyDetail>;
  answer: CustomEvent<AnswerDetail>;
  recommend: CustomEvent<RecommendDetail>;
  complete: CustomEvent<CompleteDetail>;
  skip: CustomEvent<SkipDetail>;
  error: CustomEvent<ErrorDetail>;
}
