/** Modules that questions need not wait for. They are requested beside the bundle, before the element is ready: after that nothing is. */

/** @import { View } from "./view/view.js" */

/** @typedef {{ style: string, attach: (view: View) => void }} Addon a style sheet, and what adds the module's parts to a view */

/** What this browser remembers: of an element with `remember`. */
export const loadRemembered = () => import("./remembered.js");

/** The search: of every element. */
export const loadSearch = () => import("./search.js");

/** Return what loads the addons of an element. @param {View["context"]} context @returns {(() => Promise<Addon>)[]} */
export function addonsOf({ listActions, listFilters }) {
  return listActions[0] || listFilters[0] ? [loadSearch, () => import("./list-tools.js")] : [loadSearch];
}
