/** The types between a visit and its element: what the site has set, what a visit reports, and what there is to show. */

/** @import { List, Snapshot } from "./session/session.js" */
/** @import { Item, SavedState, ShownItem } from "./types.js" */

/**
 * What the site has set. It may change at any time, so that it is read each time it is needed.
 * @typedef {object} VisitSettings
 * @property {List} list what there is to recommend
 * @property {((item: ShownItem) => boolean) | null} filter which items may be asked about and recommended; null for all
 * @property {boolean} hasListTools whether a visitor can leave items out of the list
 * @property {string | null} storageKey under which answers are remembered; null for not at all
 * @property {ReadonlyMap<string, string | null>} userFields what the site has said of the visitor
 * @property {(item: Item) => ShownItem} show applies the site's overrides to an item
 */

/**
 * What a visit reports.
 * @template Visit
 * @typedef {object} VisitEvents
 * @property {(visit: Visit, first: boolean) => void} progress more of the bundle has arrived
 * @property {() => void} change there is something else to show
 * @property {(visit: Visit, error: unknown) => void} stall nothing arrives any more; what still arrives later counts
 * @property {(error: unknown) => void} error something failed, and the visit goes on
 */

/**
 * @template Visit
 * @typedef {object} VisitOptions
 * @property {string} bundle URL of a bundle folder or of its manifest
 * @property {boolean} worker whether to run the model in the worker
 * @property {SavedState | null} state to go on from, in place of a remembered one
 * @property {Visit | null} former visit: one with the same bundle is gone on from, in early answers and in what was left out of the list
 */

/** @typedef {Pick<Snapshot, "answers" | "recommendations"> & Partial<Snapshot>} VisitSnapshot until the model is there only the early answers */

export {};
