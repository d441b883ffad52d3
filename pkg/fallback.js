/** The fieldsets in an element's slot `fallback`. Their controls are enabled, and so sent, only where a visitor can see them. */

/** Fieldsets that a visitor had begun to fill in before the element was there. They stay in use. @type {WeakSet<HTMLFieldSetElement>} */
const begun = new WeakSet();

/** @param {HTMLElement} host @returns {HTMLFieldSetElement[]} */
const fieldsets = (host) => /** @type {HTMLFieldSetElement[]} */ ([...host.children].filter(({ localName, slot }) => localName === "fieldset" && slot === "fallback"));

/** Find the fieldsets that have been filled in. @param {HTMLElement} host @returns {boolean} whether there are any */
export function keepBegun(host) {
  const own = fieldsets(host).filter(({ elements }) => [...elements].some(isChanged));
  for (const fieldset of own) begun.add(fieldset);
  return own.length > 0;
}

/** Enable the fieldsets, or disable those that nobody has begun with. @param {HTMLElement} host @param {boolean} shown */
export function enableFallback(host, shown) {
  for (const fieldset of fieldsets(host)) {
    const disabled = !shown && !begun.has(fieldset);
    if (fieldset.disabled !== disabled) fieldset.disabled = disabled;
  }
}

/** Return whether a control has another value than the page gave it. @param {Element} control @returns {boolean} */
function isChanged(control) {
  const { selectedIndex, options, checked, defaultChecked, value, defaultValue } = /** @type {HTMLInputElement & HTMLSelectElement} */ (control);
  if (options) return selectedIndex > 0 && !options[selectedIndex].defaultSelected;
  return checked !== defaultChecked || (defaultValue !== undefined && value !== defaultValue);
}
