/** The element's attributes as properties of the same names; what is missing or makes no sense counts as the default. */

const DEFAULTS = { goal: 5, min: 3, tiles: 9, recommendations: 8 };
const MOST = 60;

/** On a server there is no HTMLElement; the classes can still be imported there. */
const Base = /** @type {typeof HTMLElement} */ (globalThis.HTMLElement ?? class {});

export class Attributes extends Base {
  /** Absolute URL of the bundle, or null without a `bundle` attribute. */
  get bundle() {
    const bundle = this.getAttribute("bundle");
    return bundle === null ? null : new URL(bundle, this.baseURI).href;
  }
  set bundle(value) { this.#reflect("bundle", value); }

  /** What a visitor does. Without the attribute it is up to the bundle. */
  get mode() {
    const mode = this.getAttribute("mode");
    if (mode === "pick" || mode === "rate") return mode;
    return this.info?.kind === "picks" ? "pick" : "rate";
  }
  set mode(value) { this.#reflect("mode", value); }

  /** How an item is rated. */
  get rating() { return this.#oneOf("rating", "like", "stars"); }
  set rating(value) { this.#reflect("rating", value); }

  /** Answers to ask for. */
  get goal() { return this.#count("goal"); }
  set goal(value) { this.#reflect("goal", value); }

  /** Answers without which a required element is not valid. */
  get min() { return this.#count("min"); }
  set min(value) { this.#reflect("min", value); }

  /** Tiles at a time. */
  get tiles() { return this.#count("tiles"); }
  set tiles(value) { this.#reflect("tiles", value); }

  /** Length of the list. */
  get recommendations() { return this.#count("recommendations"); }
  set recommendations(value) { this.#reflect("recommendations", value); }

  /** Names of the item fields printed under a title. */
  get details() { return (this.getAttribute("details") ?? "year director").split(/\s+/).filter(Boolean); }
  set details(value) { this.#reflect("details", value.join(" ")); }

  /** Name of the item field that holds the address of an image; null shows none. */
  get images() { return this.getAttribute("images") || null; }
  set images(value) { this.#reflect("images", value); }

  /** The name under which answers are kept in this browser; null keeps nothing. */
  get remember() { return this.getAttribute("remember"); }
  set remember(value) { this.#reflect("remember", value === false ? null : value === true ? "" : value); }

  /** When to load the bundle: at once, or when the element comes into view. */
  get loading() { return this.#oneOf("loading", "eager", "lazy"); }
  set loading(value) { this.#reflect("loading", value); }

  /** Whether the model runs in a worker. */
  get worker() { return this.hasAttribute("worker"); }
  set worker(value) { this.toggleAttribute("worker", Boolean(value)); }

  /** Name in a form. */
  get name() { return this.getAttribute("name") ?? ""; }
  set name(value) { this.#reflect("name", value); }

  get disabled() { return this.hasAttribute("disabled"); }
  set disabled(value) { this.toggleAttribute("disabled", Boolean(value)); }

  /** Whether a form needs `min` answers before it is sent. */
  get required() { return this.hasAttribute("required"); }
  set required(value) { this.toggleAttribute("required", Boolean(value)); }

  /** What a form sends of it. */
  get submit() { return this.#oneOf("submit", "none", "recommendations", "answers"); }
  set submit(value) { this.#reflect("submit", value); }

  /** The first one is the default. */
  #oneOf(name, ...values) {
    const value = this.getAttribute(name);
    return values.includes(value) ? value : values[0];
  }

  #count(name) {
    const value = Number(this.getAttribute(name));
    return Number.isInteger(value) && value >= 1 ? Math.min(value, MOST) : DEFAULTS[name];
  }

  #reflect(name, value) {
    if (value === null || value === undefined) this.removeAttribute(name);
    else this.setAttribute(name, String(value));
  }
}
