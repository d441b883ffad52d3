/** What the site says of items, merged over what the catalogue says. */

/** @import { Item, ItemOverride, ShownItem } from "./types.js" */

/**
 * Return an item as it is shown. It has an image only where the site gave its address, or named the field that holds the
 * address: the image's server hears that somebody looks at the item.
 * @param {Item} item
 * @param {Record<string, ItemOverride>} overrides by id
 * @param {string | null} imageField name of the item field that holds an image's address
 * @returns {ShownItem}
 */
export function applyOverride(item, overrides, imageField) {
  /** @type {ItemOverride} */
  const own = Object.hasOwn(overrides, item.id) ? overrides[item.id] : {};
  const image = own.image ?? (imageField && item.fields[imageField]?.[0]);
  return { ...item, ...own, id: item.id, fields: { ...item.fields, ...own.fields }, image: image || undefined };
}

/**
 * Return an answer, a reason or a recommendation with its items as they are shown.
 * @template {{ item: Item, because?: { item: Item } | null }} T
 * @param {T} entry
 * @param {(item: Item) => ShownItem} show
 * @returns {T}
 */
export function showItems(entry, show) {
  const shown = { ...entry, item: show(entry.item) };
  if (entry.because) shown.because = showItems(entry.because, show);
  return shown;
}
