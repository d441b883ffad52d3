/** Create elements without inline styles. */

/**
 * Create an HTML element.
 * @param {string} name
 * @param {Record<string, string | boolean>} [attributes] true for one without a value, false for none
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
export function make(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** Create an SVG element. @param {string} name @param {Record<string, string | number>} [attributes] @param {...(Node | string)} children @returns {SVGElement} */
export function draw(name, attributes = {}, ...children) {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

function filled(element, attributes, children) {
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== false) element.setAttribute(attribute, value === true ? "" : String(value));
  }
  element.append(...children);
  return element;
}

/** Create a table with a caption. @param {string} caption @param {string[]} head @param {(Node | string)[][]} rows the first cell of each is its heading */
export function table(caption, head, rows) {
  const cells = ([first, ...rest]) => [make("th", { scope: "row" }, first), ...rest.map((cell) => make("td", {}, cell))];
  return make("table", {},
    make("caption", {}, caption),
    make("thead", {}, make("tr", {}, ...head.map((text) => make("th", { scope: "col" }, text)))),
    make("tbody", {}, ...rows.map((row) => make("tr", {}, ...cells(row)))));
}
