/** DOM building that the parts of the view share. */

/**
 * What `h` takes for an attribute. A function becomes a property (`onclick`); null, undefined and false are left out.
 * @typedef {string | number | boolean | null | undefined | ((event: never) => unknown)} Attribute
 */

/**
 * Create an element. Every `part` is a class of the same name too, as the element's own style sheet selects classes.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, Attribute>} [attributes]
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  if (tag === "button") element.setAttribute("type", tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") Reflect.set(element, name, value);
    else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  element.classList.add(...element.part);
  for (const child of children) if (child) element.append(child);
  return element;
}

/** Isolate words of the catalogue, whose direction may differ from the page's. @param {string} text */
export function isolated(text) {
  return h("bdi", {}, text);
}

/** Resolve an address. @param {string} text @param {string} base @returns {string | null} null where it is none */
export function resolve(text, base) {
  try {
    return new URL(text, base).href;
  } catch {
    return null;
  }
}

/**
 * Resolve an address that may be followed: http and https only, as the words of a catalogue are not trusted.
 * @param {string} [href]
 * @returns {string | null} null for any other
 */
export function httpAddress(href) {
  const url = href ? resolve(href, document.baseURI) : null;
  return url && /^https?:/.test(url) ? url : null;
}

/**
 * Draw one path as an SVG that assistive technology ignores.
 * @param {string} d
 * @param {{ viewBox: string, className: string, slice?: boolean }} options `slice` fills the box from its lower right corner
 */
export function drawing(d, { viewBox, className, slice = false }) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", d);
  svg.setAttribute("viewBox", viewBox);
  svg.setAttribute("class", className);
  svg.setAttribute("aria-hidden", "true");
  if (slice) svg.setAttribute("preserveAspectRatio", "xMaxYMax slice");
  svg.append(path);
  return svg;
}

const like = "M7 10.5v9.5H3.5v-9.5zM7 10.5l4.2-7.3c1.5 0 2.5 1.2 2.2 2.7L12.7 9.5h5.6a2 2 0 0 1 2 2.4l-1.2 6.4A2.1 2.1 0 0 1 17 20H7";

const icons = {
  like,
  /** Turned upside down by the style sheet. */
  dislike: like,
  unknown: "M4 4l16 16M2.5 12s3.5-6.5 9.5-6.5 9.5 6.5 9.5 6.5-3.5 6.5-9.5 6.5S2.5 12 2.5 12z",
  star: "M12 3.2l2.7 5.6 6.1.8-4.5 4.2 1.1 6.1L12 17l-5.4 2.9 1.1-6.1L3.2 9.6l6.1-.8z",
  check: "M5 12.5l4.6 4.6L19.2 7.2",
  remove: "M7 7l10 10M17 7L7 17",
  undo: "M8.5 4.5L4 9l4.5 4.5M4.5 9H14a5.5 5.5 0 0 1 0 11h-4",
};

/** Draw an icon. @param {keyof typeof icons} name */
export const icon = (name) => symbol(icons[name], name);

/** Draw a path on a 24 × 24 sheet as an icon. @param {string} d @param {string} name */
export function symbol(d, name) {
  return drawing(d, { viewBox: "0 0 24 24", className: `icon icon-${name}` });
}
