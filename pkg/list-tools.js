/** What a visitor can do with the list: its buttons and filters, and their style sheet. */
import { ListTools } from "./view/list-tools.js";

/** @import { View } from "./view/view.js" */

export { listTools as style } from "./view/styles/list-tools.js";

/** @param {View} view */
export const attach = (view) => view.list.use(new ListTools(view));
