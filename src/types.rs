//! The TypeScript types that the generated declarations refer to.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** The address of a bundle's folder or manifest, or the contents of its three files. */
export type BundleSource = string | URL | { manifest: Uint8Array; weights: Uint8Array; catalogue: Uint8Array };

/** A rating on the bundle's scale, or a word; "unknown" where the visitor does not know the item. */
export type Answer = number | "like" | "dislike" | "unknown";

/**
 * An item of the catalogue. All replies of all sessions with the bundle share the object, which must not be changed.
 */
export interface Item {
  readonly id: string;
  readonly title: string;
  /** Other fields, such as year or genre. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
}

/** The part of a bundle that has arrived, in bytes. */
export interface Progress {
  loaded: number;
  total: number;
  /** The best evidence candidates, best first, which can be shown before the bundle is loaded. */
  opening: Item[];
  /** As in `BundleInfo`. */
  kind: BundleInfo["kind"];
  model: BundleInfo["model"];
  scale: BundleInfo["scale"];
}

export interface Answered {
  item: Item;
  value: Answer;
}

/**
 * The influence of one answer on an item's score in the list. A network of ratings sorts by predicted ratings, so that it is
 * in ratings; with picks, and of the default model, it is in scores.
 */
export interface Reason {
  item: Item;
  value: Answer;
  influence: number;
}

export interface Recommendation {
  item: Item;
  /**
   * The predicted rating, which may lie slightly outside the scale; with picks a score. The default model sorts a list by
   * what a visitor would choose too, not by this alone.
   */
  score: number;
  /** The liked answer with the largest positive influence on the item's score in the list. */
  because: Reason | null;
  /** All answers with a positive influence on the item's score in the list, strongest first, without "unknown". */
  reasons: Reason[];
}

export interface RecommendOptions {
  /** Whether to recommend items with an answer too. */
  includeAnswered?: boolean;
  /**
   * How much the items differ from each other, 0 (sorted by score alone) to 1; 0.2 unless set. Only the order of the hundred best
   * changes, and only of the default model.
   */
  variety?: number;
}

export interface BundleInfo {
  name: string;
  notice: string;
  preset: string;
  /**
   * How the bundle was made: the version of the trainer, the day of the export, the seed, the SHA-256 of the data that was
   * learned from, and that of the manifest, as in "trainer 0.1.0, 2026-11-30, seed 1, data 3f2a…; manifest 90bc…".
   */
  made: string;
  /** The feedback that the model was trained on. Scores are ratings, or with picks numbers of which only the order counts. */
  kind: "ratings" | "picks";
  /** The kind of model: the default model in two halves, or the network of the other presets. */
  model: "halves" | "network";
  /** The number of items in the catalogue. */
  itemCount: number;
  /** The lowest and the highest rating, and the ratings that a like and a dislike stand for. */
  scale: { min: number; max: number; like: number; dislike: number };
  /** The user fields that `describe` accepts, with their values. */
  userFields: { name: string; values: string[] }[];
}

/** The latest local update. */
export interface Adaptation {
  /** "halves" is a closed form for ratings beside a softmax for choices. */
  method: "halves" | "closed-form" | "gradient" | "softmax";
  /** The number of gradient steps; 1 in closed form. */
  steps: number;
  /** The number of answers in the support set: those with a rating; of the default model all. */
  answers: number;
  /** The mean loss of the answers that have one before the local update; 0 where there are none. */
  lossBefore: number;
  /** The mean loss of the answers that have one after the local update; 0 where there are none. */
  lossAfter: number;
  /** The milliseconds that the latest `recommend` took for the local update and ranking; 0 before the first. */
  milliseconds: number;
}

/** The state that `save` returns and `restore` accepts: plain JSON. */
export interface SavedState {
  version: number;
  answers: { id: string; value: Answer }[];
  user: Record<string, string>;
}

/**
 * The codes of errors, of the class and of `<few-clicks>`:
 *
 * - `network`: a file could not be fetched.
 * - `manifest`, `weights`, `catalogue`: this file of the bundle is invalid. `hash`: a file does not match the manifest.
 * - `bad-source`: the argument of `load` is not a `BundleSource`.
 * - `unknown-item`, `unknown-field`, `unknown-value`, `bad-answer`, `bad-options`, `bad-state`: an argument is refused, and
 *   nothing has changed.
 * - `wasm`: the browser has no random numbers; of the element also: WebAssembly is forbidden or missing.
 *
 * Of the element alone:
 *
 * - `not-ready`: no bundle is being loaded. `worker`: the worker has ended.
 * - `bad-filter`: the site's `filter` threw an exception.
 * - `bundle`: the bundle could not be loaded, for a reason without a code of its own.
 */
export type ErrorCode =
  | "network" | "manifest" | "weights" | "catalogue" | "hash" | "bad-source"
  | "unknown-item" | "unknown-field" | "unknown-value" | "bad-answer" | "bad-options" | "bad-state"
  | "not-ready" | "wasm" | "worker" | "bad-filter" | "bundle";

/** The error that methods of the class and of `<few-clicks>` throw, and that `load` rejects with. */
export interface FewClicksError extends Error {
  name: "FewClicksError";
  code: ErrorCode;
}
"#;
