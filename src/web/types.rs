//! The types that the generated declarations refer to.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** The address of a bundle's folder or manifest, or the bytes of its three files. */
export type BundleSource = string | URL | { manifest: Uint8Array; weights: Uint8Array; catalogue: Uint8Array };

/** A rating on the bundle's scale, or a word. "unknown" says nothing about taste. */
export type Answer = number | "like" | "dislike" | "unknown";

/** An item of the catalogue. */
export interface Item {
  id: string;
  title: string;
  /** Whatever else there is to show, such as year or genre. */
  fields: Record<string, string[]>;
}

/** How much of a bundle has arrived, in bytes. */
export interface Progress {
  loaded: number;
  total: number;
  /** The first evidence candidates, best first: what can be shown already. */
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
  /** The liked answer that moved it up most. */
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
  /** What it was learned from, and what scores are: ratings, or numbers whose order is all they mean. */
  kind: "ratings" | "picks";
  /** Number of items in the catalogue. */
  itemCount: number;
  /** Lowest and highest rating, and what a like and a dislike amount to. */
  scale: { min: number; max: number; like: number; dislike: number };
  /** What a visitor may say of themselves. */
  userFields: { name: string; values: string[] }[];
}

/** What the local update did. */
export interface Adaptation {
  method: "closed-form" | "gradient" | "softmax";
  /** Of gradient descent; 1 in closed form. */
  steps: number;
  /** How many answers it adapted to. */
  answers: number;
  /** Mean loss of these answers without and with the local update; 0 where there are none. */
  lossBefore: number;
  lossAfter: number;
}

/** What `save` keeps: plain JSON. */
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
 *
 * Of the element alone:
 *
 * - `not-ready`: it is loading no bundle.
 * - `wasm`: WebAssembly is forbidden or absent. `worker`: the worker has died.
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
