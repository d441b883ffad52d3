/** The search: its index, its view and its style sheet. */
import { Search } from "./view/search.js";

/** @import { View } from "./view/view.js" */

export { Names } from "./session/names.js";
export { search as style } from "./view/styles/search.js";

/** @param {View} view */
export const attach = (view) => view.search.replaceChildren(...new Search(view.context).parts);
