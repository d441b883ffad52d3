import type {
  Answer, Answered, BundleInfo, FewClicksEventMap, ItemOverride, LocalUpdate, Messages, Reason, Recommendation, SavedState,
  ShownItem, TileRenderer,
} from "./types.js";

export type * from "./types.js";

/**
 * `<few-clicks bundle="…">`. Methods that return a promise wait for a bundle that is loading. They reject with a
 * `FewClicksError`: of code `not-ready` without a bundle, else with the model's (`unknown-item`, `bad-answer`, `bad-state` …).
 *
 * @tagname few-clicks
 * @slot title - Replaces the heading.
 * @slot tile - A `<template>` for what a tile shows; the text of each `[data-field=NAME]` in it is filled in.
 * @slot empty - Shown when there is nothing left to ask.
 * @slot fallback - Shown when the model cannot be loaded, and without JavaScript. A `<fieldset>` here is disabled unless it is shown.
 * @csspart frame - All of it.
 * @csspart header - Heading, words under it, and progress.
 * @csspart heading - The heading.
 * @csspart intro - The words under the heading.
 * @csspart progress - The progress bar.
 * @csspart progress-note - What is still missing, under the bar.
 * @csspart skip - The button to skip the questions.
 * @csspart skipped - The one line that is left then.
 * @csspart resume - The button there that brings the questions back.
 * @csspart search - The search field with its results.
 * @csspart search-input - The text field.
 * @csspart search-results - The list of results.
 * @csspart search-option - One result.
 * @csspart tiles - The wall of tiles.
 * @csspart tile - One tile.
 * @csspart picked - A tile that is picked.
 * @csspart poster - What is drawn on a tile.
 * @csspart image - The image of an item.
 * @csspart tile-title - An item's title on its tile.
 * @csspart tile-details - The line under it.
 * @csspart check - The mark of a picked tile.
 * @csspart controls - The buttons of a tile.
 * @csspart answer - One of them.
 * @csspart like - The one for a like.
 * @csspart dislike - The one for a dislike.
 * @csspart unknown - The one for an unknown item.
 * @csspart star - One of those for stars.
 * @csspart undo - The button that takes a tile's answer back.
 * @csspart empty - What is said when there is nothing left to ask.
 * @csspart tools - The buttons under the wall.
 * @csspart others - The button for other tiles.
 * @csspart undo-last - The button that takes the latest answer back.
 * @csspart reset - The button to start over.
 * @csspart recommended - The recommendations with their heading.
 * @csspart recommendations-heading - Their heading.
 * @csspart loading - The line there that shows how much of the bundle has arrived.
 * @csspart recommendations - The list.
 * @csspart recommendation - One recommendation.
 * @csspart recommendation-title - Its title.
 * @csspart recommendation-link - The link around the title, where the site gave an address.
 * @csspart because - Its reason.
 * @csspart mark - Whether it is new or moved up.
 * @csspart strip - The answers with their heading.
 * @csspart answers - The list of answers.
 * @csspart chip - One answer.
 * @csspart editor - The buttons that change an answer.
 * @csspart remove - The one that takes it back.
 * @csspart remembered - The note on what is remembered.
 * @csspart forget - The button that forgets it.
 * @csspart failure - What is shown when the model cannot be loaded.
 * @csspart retry - The button to try again.
 * @cssprop [--few-clicks-font=inherit] - Text.
 * @cssprop [--few-clicks-title-font=inherit] - Titles.
 * @cssprop [--few-clicks-ink=light-dark(#1c1a17, #f1ede4)] - Colour of text.
 * @cssprop [--few-clicks-soft=light-dark(#615c54, #a8a196)] - Colour of secondary text.
 * @cssprop [--few-clicks-line=light-dark(#dcd6ca, #3a3732)] - Colour of borders.
 * @cssprop [--few-clicks-paper=light-dark(#fff, #161412)] - Colour of what lies over the page.
 * @cssprop [--few-clicks-accent=light-dark(#a83417, #f0946f)] - Colour of focus, reasons and marks.
 * @cssprop [--few-clicks-radius=4px] - Roundness of corners.
 * @cssprop [--few-clicks-gap=.75rem] - Space between tiles.
 * @cssprop [--few-clicks-sticky-top=1rem] - Room for a sticky header of the page.
 * @cssstate loading - The bundle is loading; its first tiles can be answered as soon as they are there.
 * @cssstate ready - The bundle is loaded.
 * @cssstate failed - The model cannot be loaded.
 * @cssstate complete - The goal is reached.
 * @cssstate skipped - The visitor skipped the questions.
 * @cssstate disabled - Disabled, by itself or by a fieldset around it.
 * @fires {CustomEvent<ProgressDetail>} progress - More of the bundle has arrived.
 * @fires {CustomEvent<ReadyDetail>} ready - The bundle is loaded.
 * @fires {CustomEvent<AnswerDetail>} answer - The visitor gave an answer, changed it, or took it back.
 * @fires {CustomEvent<RecommendDetail>} recommend - There are other recommendations after something the visitor did.
 * @fires {CustomEvent<CompleteDetail>} complete - The visitor has just reached the goal.
 * @fires {CustomEvent<SkipDetail>} skip - The visitor skipped the questions, or came back to them.
 * @fires {CustomEvent<ErrorDetail>} error - Something failed.
 */
export class FewClicksElement extends HTMLElement {
  static readonly formAssociated: true;
  static readonly observedAttributes: readonly string[];

  /**
   * Absolute URL of the bundle folder or of its manifest; null without a `bundle` attribute.
   * @attr
   */
  get bundle(): string | null;
  set bundle(value: string | null);
  /**
   * What a visitor does: rates what they know, or picks what they like. Without the attribute what the bundle was
   * trained on, and `rate` until its manifest is read. A pick is the answer `"like"`; what was passed over has no answer.
   * @attr
   */
  get mode(): "rate" | "pick";
  set mode(value: "rate" | "pick" | null);
  /**
   * How an item is rated; `like` unless the attribute says `stars`. Pick mode knows only likes.
   * @attr
   * @default like
   */
  rating: "like" | "stars";
  /**
   * Answers to ask for, 1 to 60; 5 unless set.
   * @attr
   * @default 5
   */
  goal: number;
  /**
   * Answers without which a `required` element is not valid, 1 to 60; 3 unless set.
   * @attr
   * @default 3
   */
  min: number;
  /**
   * Tiles shown at a time, 1 to 60; 9 unless set.
   * @attr
   * @default 9
   */
  tiles: number;
  /**
   * Number of recommendations shown, 1 to 60; 8 unless set.
   * @attr
   * @default 8
   */
  rows: number;
  /**
   * Names of the item fields printed under a title; `["year", "director"]` unless set.
   * @attr
   * @default year director
   */
  details: string[];
  /**
   * Name of the item field that holds the address of an image; null, unless set, for no images.
   * @attr
   */
  images: string | null;
  /**
   * Name under which answers are kept in this browser, empty for the bundle's address; null, unless set, for not at all.
   * @attr
   */
  get remember(): string | null;
  set remember(value: string | boolean | null);
  /**
   * `lazy` loads the bundle when the element comes into view; `eager` unless set.
   * @attr
   * @default eager
   */
  loading: "eager" | "lazy";
  /**
   * Whether the model runs in a worker; off unless set.
   * @attr
   */
  worker: boolean;
  /**
   * What the form sends under `name`: nothing, unless set.
   * @attr
   * @default none
   */
  submit: "none" | "recommendations" | "answers";
  /**
   * Name in a form.
   * @attr
   */
  name: string;
  /**
   * Neither answered nor sent.
   * @attr
   */
  disabled: boolean;
  /**
   * Whether the form needs `min` answers; off unless set. Never holds a form back where loading has failed.
   * @attr
   */
  required: boolean;

  /** Replaces any of the messages of the page's language. */
  messages: Partial<Messages>;
  /** Which items may be asked about and recommended; null for all. */
  filter: ((item: ShownItem) => boolean) | null;
  /** The site's own words, images and addresses of items, by their ids. They replace the catalogue's. */
  overrides: Record<string, ItemOverride>;
  /** Draws tiles in place of the posters; null for posters. */
  renderTile: TileRenderer | null;

  /** About the bundle; null before `ready`. */
  readonly info: BundleInfo | null;
  /** Answers so far, oldest first, "haven't seen" included; also those given before `ready`. */
  readonly answers: Answered[];
  /** What the latest local update did; null before `ready`. */
  readonly adaptation: LocalUpdate | null;
  /** Whether the visitor has put the questions aside. */
  readonly skipped: boolean;

  /** The form that it belongs to. */
  readonly form: HTMLFormElement | null;
  /** As form controls have one. */
  readonly type: "few-clicks";
  /** The labels that name it. */
  readonly labels: NodeList;
  /** What is missing; see `min` and `required`. */
  readonly validity: ValidityState;
  /** What the browser tells the visitor is missing. */
  readonly validationMessage: string;
  /** Whether its form looks at `validity`. */
  readonly willValidate: boolean;
  /** Whether nothing is missing; fires `invalid` where something is. */
  checkValidity(): boolean;
  /** As `checkValidity`, and tells the visitor. */
  reportValidity(): boolean;

  /** Answers an item, or changes its answer. */
  answer(id: string, value: Answer): Promise<void>;
  /** Takes back an answer, the latest without an id; null if there was none. */
  undo(id?: string): Promise<Answered | null>;
  /** Takes back all answers; what `describe` said stays. */
  reset(): Promise<void>;
  /** The best items, never one with an answer; as many as the list shows unless `count` is given. */
  recommend(count?: number): Promise<Recommendation[]>;
  /** How far each answer moved the prediction for an item, strongest first. */
  explain(id: string): Promise<Reason[]>;
  /** Items whose titles have these words, at most `limit` (8 unless given). */
  search(text: string, limit?: number): Promise<ShownItem[]>;
  /** Tells the model a user field, such as an age band; null for unknown. May be called before anything is loaded. */
  describe(field: string, value: string | null): Promise<void>;
  /** All answers, and what `describe` said, as plain versioned JSON. */
  save(): Promise<SavedState>;
  /** Goes on from what `save` gave; the ids of answered items that the bundle does not have any more. */
  restore(state: SavedState): Promise<string[]>;
  /** Takes back answers and descriptions, and deletes what this browser remembers. */
  forget(): Promise<void>;
  /** Puts the questions aside, as a visitor may where nothing is required. */
  skip(): void;
  /** Shows the questions again. */
  resume(): void;
  /** Moves the focus to the first tile, or to what else there is to do. */
  focus(): void;

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
