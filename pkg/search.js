/** The search: its index, its view and its style sheet. */
export { Names } from "./session/names.js";
export { Search } from "./view/search.js";
export { search as style } from "./view/styles/search.js";
