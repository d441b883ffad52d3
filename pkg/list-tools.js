/** What a visitor can do with the list: its buttons and filters, and their style sheet. */
export { ListTools } from "./view/list-tools.js";
export { listTools as style } from "./view/styles/list-tools.js";
