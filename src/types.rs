//! The types that the generated declarations refer to.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** The address of a bundle's folder or manifest, or the bytes of its three files. */
export type BundleSource = string | URL | { manifest: Uint8Array; weights: Uint8Array; catalogue: Uint8Array };

/** A rating on the bundle's scale, or a word. "unknown" says nothing about taste: the visitor does not know the item. */
export type Answer = number | "like" | "dislike" | "unknown";

/**
 * An item of the catalogue. Every reply, of every session with the bundle, has the same object for it, which must not be
 * changed.
 */
export interface Item {
  readonly id: string;
  readonly title: string;
  /** Other fields, such as year or genre. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
}

/** How much of a bundle has arrived, in bytes. */
export interface Progress {
  loaded: number;
  total: number;
  /** The first evidence candidates, best first. They can be shown before the bundle is loaded. */
  opening: Item[];
  /** As in `BundleInfo`. */
  kind: BundleInfo["kind"];
  scale: BundleInfo["scale"];
}

export interface Answered {
  item: Item;
  value: Answer;
}

/** How far one answer moved a prediction, in ratings; with picks, in scores. */
export interface Reason {
  item: Item;
  value: Answer;
  influence: number;
}

export interface Recommendation {
  item: Item;
  /** The predicted rating, which may lie a little outside the scale; with picks, a score. */
  score: number;
  /** The liked answer that moved the prediction up most. */
  because: Reason | null;
}

export interface RecommendOptions {
  /** Whether items with an answer may be recommended too. */
  includeAnswered?: boolean;
}

export interface BundleInfo {
  name: string;
  notice: string;
  preset: string;
  /** What the model was trained on. Its scores are ratings, or with picks numbers that only order the items. */
  kind: "ratings" | "picks";
  /** Number of items in the catalogue. */
  itemCount: number;
  /** Lowest and highest rating, and the ratings that a like and a dislike stand for. */
  scale: { min: number; max: number; like: number; dislike: number };
  /** The user fields that `describe` takes, with their values. */
  userFields: { name: string; values: string[] }[];
}

/** The latest local update. */
export interface Adaptation {
  method: "closed-form" | "gradient" | "softmax";
  /** Number of gradient steps; 1 in closed form. */
  steps: number;
  /** Number of answers that it adapted to. */
  answers: number;
  /** Mean loss on these answers before and after the local update; 0 where there are none. */
  lossBefore: number;
  lossAfter: number;
  /** Milliseconds that the latest `recommend` took for its local update and for ranking; 0 before the first. */
  milliseconds: number;
}

/** What `save` returns and `restore` takes: plain JSON. */
export interface SavedState {
  version: number;
  answers: { id: string; value: Answer }[];
  user: Record<string, string>;
}

/**
 * Every code of an error, of the class and of `<few-clicks>`:
 *
 * - `network`: a file could not be fetched.
 * - `manifest`, `weights`, `catalogue`: that file of the bundle is not sound. `hash`: it is not what the manifest names.
 * - `bad-source`: the argument of `load` is neither an address nor three files.
 * - `unknown-item`, `unknown-field`, `unknown-value`, `bad-answer`, `bad-options`, `bad-state`: an argument is refused, and
 *   nothing has changed.
 * - `wasm`: the browser gives no random numbers; of the element also: WebAssembly is forbidden or absent.
 *
 * Of the element alone:
 *
 * - `not-ready`: it is loading no bundle. `worker`: the worker has died.
 * - `bad-filter`: the site's `filter` has thrown.
 * - `bundle`: the bundle could not be loaded, for a reason that has no other code.
 */
export type ErrorCode =
  | "network" | "manifest" | "weights" | "catalogue" | "hash" | "bad-source"
  | "unknown-item" | "unknown-field" | "unknown-value" | "bad-answer" | "bad-options" | "bad-state"
  | "not-ready" | "wasm" | "worker" | "bad-filter" | "bundle";

/** What every method of the class and of `<few-clicks>` throws, and what `load` rejects with. */
export interface FewClicksError extends Error {
  name: "FewClicksError";
  code: ErrorCode;
}
"#;
