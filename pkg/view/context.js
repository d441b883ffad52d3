/** The types that the parts of the view share. */

/** @import { translator } from "../messages/translator.js" */
/** @import { ListMessages } from "../messages/messages.js" */
/** @import { Answer, Answered, BundleInfo, ListActionDetail, Recommendation, ShownItem } from "../types.js" */

/**
 * What every part of the view is built from.
 * @typedef {object} Context
 * @property {ReturnType<typeof translator>} t
 * @property {(more: Partial<ListMessages>) => Context["t"]} translate returns a function that says more messages
 * @property {string[]} listActions what a visitor can do with the list
 * @property {string[]} listFilters names of the fields that filter it
 * @property {string} lang BCP 47 tag of the words and the digits
 * @property {"rate" | "pick"} mode
 * @property {"like" | "stars"} rating
 * @property {Pick<BundleInfo["scale"], "min" | "max">} scale of the bundle's ratings
 * @property {string[]} fields names of the fields printed under a title
 * @property {number} goal answers to ask for
 * @property {number} min answers without which a visitor cannot go on, unless `skippable`
 * @property {number} tiles on the wall
 * @property {number} rows recommendations shown
 * @property {boolean} pictured whether items have images
 * @property {boolean} skippable
 * @property {boolean} begun whether the fallback is shown too, above the questions, as the visitor had begun to fill it in
 * @property {(item: ShownItem) => string} details text of the fields printed under a title
 * @property {(item: ShownItem) => Record<string, string>} look attributes that choose an item's colours
 * @property {(item: ShownItem) => HTMLElement | null} siteTile draws the site's own tile, in a slot of its own; null for a poster
 * @property {Actions} act
 */

/**
 * What a visitor can do. The element carries it out, and then updates the view.
 * @typedef {object} Actions
 * @property {(id: string, value: Answer) => void} answer
 * @property {(id?: string) => void} undo the answer of an item, or the latest
 * @property {() => void} others shows other tiles
 * @property {() => void} reset takes back all answers
 * @property {() => void} retry to load
 * @property {() => void} skip
 * @property {() => void} resume
 * @property {() => void} forget takes back all answers, and removes what is remembered
 * @property {(text: string) => Promise<ShownItem[] | undefined>} search undefined after a failure
 * @property {(item: ShownItem) => void} choose puts a search result on the wall
 * @property {(shown: Set<string>) => Promise<ShownItem | undefined>} draw the next item for the wall; undefined where there is none
 * @property {Targets} on what addons act on
 * @property {<A extends unknown[], R>(act: (...args: A) => Promise<R>) => (...args: A) => Promise<R | undefined>} guard an action of an
 *   addon: a failure is reported
 * @property {() => void} fireRecommend says that the recommendations have changed
 * @property {(tile: HTMLElement) => void} release a site's own tile that is not shown any more
 * @property {() => void} focusTiles
 * @property {() => void} emptied says that the wall may have no tile left
 */

/**
 * What a visitor has left out of the list.
 * @typedef {object} Left
 * @property {Set<string>} hidden ids of what was taken off, in that order
 * @property {Record<string, string>} chosen values to filter by, by field
 * @property {string[]} filtered ids of what does not have them
 */

/**
 * What addons act on: the current visit, and the page.
 * @typedef {object} Targets
 * @property {{
 *   left: Left,
 *   items: () => Promise<ShownItem[]>,
 *   related: (id: string, count: number, shown: Iterable<string>) => Promise<ShownItem[]>,
 *   refresh: () => Promise<void>,
 * }} visit
 * @property {{ update: (shown: Shown) => void }} view
 * @property {Shown} shown
 * @property {(type: "listaction", detail: ListActionDetail) => void} fire
 */

/**
 * What there is to show.
 * @typedef {object} Shown
 * @property {Answered[]} answers oldest first
 * @property {Recommendation[]} recommendations best first
 * @property {boolean} remembered whether this browser remembers the answers
 * @property {boolean} undoable
 * @property {boolean} resettable whether there is something to start over
 */

/**
 * A tile on the wall.
 * @typedef {object} Tile
 * @property {HTMLElement} element
 * @property {HTMLElement | null} siteTile the site's own drawing on it
 * @property {(value: Answer | undefined) => void} show the answer, undefined for none
 */

export {};
