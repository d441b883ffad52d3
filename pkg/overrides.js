/** What the site says of items, merged over what the catalogue says. */

/** @import { Item, ItemOverride, Shared, ShownItem } from "./types.js" */

/** @typedef {{ item: Item, because?: Entry | null, reasons?: Entry[], others?: Entry[], shared?: Shared[] }} Entry */

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
 * Return an answer, a reason or a recommendation with its items and features as they are shown.
 * @template {Entry} T
 * @param {T} entry
 * @param {(item: Item) => ShownItem} show
 * @returns {T}
 */
export function showItems(entry, show) {
  const { item, because, reasons, others, shared } = entry;
  /** @param {Entry[]} entries */
  const showAll = (entries) => entries.map((own) => showItems(own, show));
  const shown = { ...entry, item: show(item) };
  if (because) shown.because = showItems(because, show);
  if (reasons) shown.reasons = showAll(reasons);
  if (others) shown.others = showAll(others);
  // A value that the site puts in other words is at the same index.
  if (shared) {
    shown.shared = shared.map(({ field, value }) => ({ field, value: shown.item.fields[field]?.[item.fields[field].indexOf(value)] ?? value }));
  }
  return shown;
}
