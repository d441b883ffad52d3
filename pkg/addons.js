/** Modules that questions need not wait for. They are requested beside the bundle, before the element is ready: after that nothing is. */
export const addons = {
  search: () => import("./search.js"),
  /** Only where the site sets `list-actions` or `list-filters`. */
  listTools: () => import("./list-tools.js"),
};
