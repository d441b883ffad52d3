/** The element's attributes as properties of the same names; what is missing or makes no sense counts as the default. */

const MOST = 60;

/** Under this name an element says what kind of bundle it has, as soon as it knows. */
export const KIND = Symbol();

/** The first one is the default. */
const oneOf = (...values) => (text) => (values.includes(text) ? text : values[0]);

const count = (usual) => (text) => (Number.isInteger(+text) && +text >= 1 ? Math.min(+text, MOST) : usual);

const isThere = (text) => text !== null;

/** What each property is, by the text of the attribute, null where there is none. */
const READ = {
  /** Absolute URL of the bundle, or null. */
  bundle: (text, { baseURI }) => text === null ? null : new URL(text, baseURI).href,
  /** What a visitor does. Without the attribute it is up to the bundle. */
  mode: (text, { [KIND]: kind }) => oneOf(kind === "picks" ? "pick" : "rate", "pick", "rate")(text),
  /** How an item is rated. */
  rating: oneOf("like", "stars"),
  /** Answers to ask for. */
  goal: count(5),
  /** Answers without which a required element is not valid. */
  min: count(3),
  /** Tiles at a time. */
  tiles: count(9),
  /** Length of the list. */
  recommendations: count(8),
  /** Names of the item fields printed under a title. */
  details: (text) => (text ?? "year director").split(/\s+/).filter(Boolean),
  /** Name of the item field that holds the address of an image; null shows none. */
  images: (text) => text || null,
  /** The name under which answers are kept in this browser; null keeps nothing. */
  remember: (text) => text,
  /** When to load the bundle: at once, or when the element comes into view. */
  loading: oneOf("eager", "lazy"),
  /** Whether the model runs in a worker. */
  worker: isThere,
  /** Name in a form. */
  name: (text) => text ?? "",
  disabled: isThere,
  /** Whether a form needs `min` answers before it is sent. */
  required: isThere,
  /** What a form sends of it. */
  submit: oneOf("none", "recommendations", "answers"),
};

/** On a server there is no HTMLElement; the classes can still be imported there. */
const Base = /** @type {typeof HTMLElement} */ (globalThis.HTMLElement ?? class {});

export class Attributes extends Base {}

for (const [name, read] of Object.entries(READ)) {
  Object.defineProperty(Attributes.prototype, name, {
    get() { return read(this.getAttribute(name), this); },
    set(value) {
      const given = read === isThere ? Boolean(value) : value ?? false;
      if (given === false) this.removeAttribute(name);
      else this.setAttribute(name, given === true ? "" : [given].flat().join(" "));
    },
    configurable: true,
    enumerable: true,
  });
}
