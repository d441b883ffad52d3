import type {
  Adaptation, Answer, Answered, BundleInfo, FewClicksEventMap, ItemOverride, ListMessages, Messages, Reason, Recommendation, SavedState,
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
 * @slot empty - Shown when no item is left to ask about.
 * @slot finish - With `list-actions="finish"`: what comes next, such as a button, once the goal is reached.
 * @slot fallback - Shown when the model cannot be loaded, and without JavaScript. A `<fieldset>` here is disabled unless it is shown.
 *   One that a visitor has begun to fill in before the element was there stays in use, above the questions.
 * @csspart frame - Everything inside the element.
 * @csspart header - The heading, the introduction and the progress.
 * @csspart heading - The heading.
 * @csspart intro - The introduction under the heading.
 * @csspart progress - The progress bar.
 * @csspart progress-note - How many answers are missing, under the progress bar.
 * @csspart skip - The button that skips the questions.
 * @csspart skipped - The line shown while the questions are skipped.
 * @csspart resume - The button in that line that brings the questions back.
 * @csspart search - The search with its results.
 * @csspart search-input - The text field of the search.
 * @csspart search-results - The list of search results.
 * @csspart search-option - One search result.
 * @csspart demand - What is missing, above the tiles, once a form could not be sent.
 * @csspart tiles - The wall of tiles.
 * @csspart tile - One tile.
 * @csspart picked - A picked tile.
 * @csspart poster - The drawing on a tile, or beside a recommendation.
 * @csspart image - An item's image, over its drawing.
 * @csspart tile-title - An item's title on its tile.
 * @csspart tile-details - The details under a tile's title.
 * @csspart check - The check mark of a picked tile.
 * @csspart controls - The answer buttons of a tile.
 * @csspart answer - One answer button.
 * @csspart like - The answer button for a like.
 * @csspart dislike - The answer button for a dislike.
 * @csspart unknown - The answer button for "haven't seen".
 * @csspart star - One of the answer buttons for stars.
 * @csspart undo - The button on a tile that takes its answer back.
 * @csspart empty - The text shown when no item is left to ask about.
 * @csspart tools - The buttons under the wall.
 * @csspart others - The button that shows other tiles; it says "None of these" until a tile has an answer.
 * @csspart undo-last - The button that takes the latest answer back.
 * @csspart reset - The button that takes all answers back.
 * @csspart recommended - The recommendations with their heading.
 * @csspart recommendations-heading - The heading of the recommendations.
 * @csspart loading - The progress bar over the recommendations while the bundle loads.
 * @csspart recommendations - The list of recommendations.
 * @csspart recommendation - One recommendation.
 * @csspart recommendation-title - The title of a recommendation.
 * @csspart recommendation-link - The link around the title, where the site gave an address.
 * @csspart because - The reason of a recommendation.
 * @csspart mark - The mark of a recommendation that is new or has moved up.
 * @csspart list-tools - The filters and the share button above the list.
 * @csspart list-filters - The filters.
 * @csspart list-filter - One filter.
 * @csspart list-share - The button that shares the list.
 * @csspart list-note - What was taken off the list, with the button that brings it back, or that the list is copied.
 * @csspart list-back - The button that brings an item back to the list.
 * @csspart list-text - The list as text, where the browser allows neither sharing nor copying.
 * @csspart list-none - The text shown when the filters leave nothing.
 * @csspart list-actions - The buttons of a row.
 * @csspart list-action - One of these buttons.
 * @csspart list-like - The button that likes the item of a row.
 * @csspart list-seen - The button that says that it is known.
 * @csspart list-dismiss - The button that says that it is not for the visitor.
 * @csspart list-more - The button that shows items like it.
 * @csspart related - Items like that of a row.
 * @csspart finish - The line shown once the goal is reached.
 * @csspart to-list - The button in that line that leads to the list.
 * @csspart strip - The answers with their heading.
 * @csspart answers - The list of answers.
 * @csspart chip - One answer in that list.
 * @csspart editor - The answer buttons that change an answer in that list.
 * @csspart remove - The button in the editor that takes the answer back.
 * @csspart remembered - The note that answers are remembered.
 * @csspart forget - The button that deletes what is remembered.
 * @csspart failure - The message shown when the model cannot be loaded.
 * @csspart retry - The button that loads again.
 * @cssprop [--few-clicks-font=inherit] - Font family of text.
 * @cssprop [--few-clicks-title-font=inherit] - Font family of titles.
 * @cssprop [--few-clicks-ink=light-dark(#1c1a17, #f1ede4)] - Colour of text.
 * @cssprop [--few-clicks-soft=light-dark(#615c54, #a8a196)] - Colour of secondary text.
 * @cssprop [--few-clicks-line=light-dark(#dcd6ca, #3a3732)] - Colour of borders.
 * @cssprop [--few-clicks-paper=light-dark(#fff, #161412)] - Background of what lies over the page, such as search results.
 * @cssprop [--few-clicks-accent=light-dark(#a83417, #f0946f)] - Colour of focus, reasons and marks.
 * @cssprop [--few-clicks-radius=4px] - Roundness of corners.
 * @cssprop [--few-clicks-gap=.75rem] - Space between tiles.
 * @cssprop [--few-clicks-image-ratio=2 / 3] - Width and height of the images on tiles, such as `16 / 9`. An image of another ratio is shown whole, with a margin.
 * @cssprop [--few-clicks-sticky-top=1rem] - Height of a sticky header of the page, which the recommendations stay below.
 * @cssstate loading - The bundle is loading. The first tiles can be answered once the manifest is read.
 * @cssstate ready - The bundle is loaded.
 * @cssstate failed - The model could not be loaded, or has stopped.
 * @cssstate complete - The goal is reached.
 * @cssstate skipped - The visitor skipped the questions.
 * @cssstate disabled - Disabled, by its attribute or by a fieldset around it.
 * @fires {CustomEvent<ProgressDetail>} progress - More of the bundle has arrived.
 * @fires {CustomEvent<ReadyDetail>} ready - The bundle is loaded.
 * @fires {CustomEvent<AnswerDetail>} answer - The visitor gave an answer, changed it, or took it back.
 * @fires {CustomEvent<RecommendDetail>} recommend - The recommendations have changed after an action of the visitor.
 * @fires {CustomEvent<CompleteDetail>} complete - The visitor has just reached the goal.
 * @fires {CustomEvent<SkipDetail>} skip - The visitor skipped the questions, or came back to them.
 * @fires {CustomEvent<ListActionDetail>} listaction - The visitor did something with the list; see `list-actions` and `list-filters`.
 * @fires {CustomEvent<ErrorDetail>} error - Something failed. Does not bubble.
 * @fires {Event} input - What the form sends has changed after an action of the visitor.
 * @fires {Event} change - The same, after `input`.
 */
export class FewClicksElement extends HTMLElement {
  static readonly formAssociated: true;
  static readonly observedAttributes: readonly string[];

  /**
   * Absolute URL of the bundle folder or of its manifest; null without a `bundle` attribute, and the attribute itself where it is
   * no address.
   * @attr
   */
  get bundle(): string | null;
  set bundle(value: string | null);
  /**
   * What a visitor does: `rate` what they know, or `pick` what they like. By default what the bundle was trained on, and `rate`
   * until its manifest is read. A pick is the answer `"like"`; an item that is not picked has no answer.
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
   * In pick mode, the number of items like a picked one that are put on the wall below it, 0 to 60; 3 unless set. Taking the pick
   * back removes those of them that are not picked.
   * @attr
   * @default 3
   */
  related: number;
  /**
   * How much the recommendations differ from each other, 0 (sorted by score alone) to 1; 0.2 unless set. Of the default model.
   * @attr
   * @default 0.2
   */
  variety: number;
  /**
   * How many of the recommendations, the last ones, are discoveries: what the answers speak for and nobody would be shown before any
   * answer. They are marked as such. 0 unless set. A list that has none of them within reach is as without.
   * @attr
   * @default 0
   */
  explore: number;
  /**
   * Names of the item fields printed under a title; `["year", "director"]` unless set.
   * @attr
   * @default year director
   */
  details: string[];
  /**
   * What a visitor can do with the list, any of `like`, `seen`, `dismiss` (not for me), `more` (like this), `share`, and `finish`, a
   * line once the goal is reached; nothing unless set. Set it before the bundle loads, so that nothing is requested later.
   * @attr list-actions
   */
  listActions: string[];
  /**
   * Names of the item fields that filter the list, each with a label after a colon where its name is none, such as
   * `genre year:Decade`; none unless set. Of numbers with more than twelve values tens are chosen.
   * @attr list-filters
   */
  listFilters: string[];
  /**
   * Name of the item field that holds the address of an image; null, unless set, for no images.
   * @attr
   */
  images: string | null;
  /**
   * Name under which answers, and what was taken off the list, are kept in this browser, empty for the bundle's address; null, unless
   * set, for not at all. Set it before the bundle loads, so that nothing is requested later.
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
   * Name of the form entries.
   * @attr
   */
  name: string;
  /**
   * Disables the element: it can neither be answered nor is it sent.
   * @attr
   */
  disabled: boolean;
  /**
   * Whether the form needs `min` answers; off unless set. Holds a form back only while there are questions that can be answered.
   * @attr
   */
  required: boolean;

  /** Replaces any of the messages of the page's language. */
  messages: Partial<Messages & ListMessages>;
  /** Returns whether an item may be asked about and recommended; null for all items. */
  filter: ((item: ShownItem) => boolean) | null;
  /** The site's own words, images and addresses of items, by their ids. They replace the catalogue's. */
  overrides: Record<string, ItemOverride>;
  /** Draws tiles instead of the posters; null for posters. */
  renderTile: TileRenderer | null;

  /** What the bundle is; null before `ready`. */
  readonly info: BundleInfo | null;
  /** Answers so far, oldest first, "haven't seen" included; also those given before `ready`. */
  readonly answers: Answered[];
  /** What the latest local update did; null before `ready`. */
  readonly adaptation: Adaptation | null;
  /** Whether the questions are skipped. */
  readonly skipped: boolean;

  /** The form that the element belongs to. */
  readonly form: HTMLFormElement | null;
  /** As other form controls have. */
  readonly type: "few-clicks";
  /** What the form sends: JSON of all answers, or the id of each recommendation; empty where it sends nothing. */
  readonly value: string | string[];
  /** The labels of the element. */
  readonly labels: NodeList;
  /** Whether answers are missing; see `min` and `required`. */
  readonly validity: ValidityState;
  /** The message that the browser shows where answers are missing. */
  readonly validationMessage: string;
  /** Whether the form validates the element. */
  readonly willValidate: boolean;
  /** Returns whether the element is valid; fires `invalid` where it is not. */
  checkValidity(): boolean;
  /** As `checkValidity`, and shows the visitor what is missing. */
  reportValidity(): boolean;

  /** Answers an item, or changes its answer. */
  answer(id: string, value: Answer): Promise<void>;
  /** Takes back the answer of an item, or the latest answer; resolves to it, or to null where there is none. */
  undo(id?: string): Promise<Answered | null>;
  /** Takes back all answers; user fields stay. */
  reset(): Promise<void>;
  /** Resolves to the `count` best items without an answer, best first; `rows` of them without a `count`. */
  recommend(count?: number): Promise<Recommendation[]>;
  /** Resolves to how far each answer moved the prediction for an item, strongest first. */
  explain(id: string): Promise<Reason[]>;
  /** Resolves to the items whose titles have all words of a text, best match first, at most `limit` (8 by default). */
  search(text: string, limit?: number): Promise<ShownItem[]>;
  /** Sets a user field, such as an age band; null for unknown. May be called before anything is loaded. */
  describe(field: string, value: string | null): Promise<void>;
  /** Resolves to all answers and user fields, as plain versioned JSON. */
  save(): Promise<SavedState>;
  /** Replaces all answers by a saved state; resolves to the ids of answered items that the bundle does not have any more. */
  restore(state: SavedState): Promise<string[]>;
  /** Takes back all answers and user fields, and deletes what this browser remembers. */
  forget(): Promise<void>;
  /** Skips the questions, as a visitor may where the element is not `required`. */
  skip(): void;
  /** Shows the questions again. */
  resume(): void;
  /** Moves the focus to the first tile, or to the button that resumes or retries. */
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
