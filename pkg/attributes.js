/** The element's attributes as properties of the same names; what is missing or makes no sense counts as the default. */

const DEFAULTS = { goal: 5, tiles: 9, recommendations: 8 };
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

  /** Without the attribute it is up to the bundle. */
  get mode() {
    const mode = this.getAttribute("mode");
    if (mode === "pick" || mode === "rate") return mode;
    return this.info?.kind === "picks" ? "pick" : "rate";
  }
  set mode(value) { this.#reflect("mode", value); }

  get rating() { return this.getAttribute("rating") === "stars" ? "stars" : "like"; }
  set rating(value) { this.#reflect("rating", value); }

  get goal() { return this.#count("goal"); }
  set goal(value) { this.#reflect("goal", value); }

  get tiles() { return this.#count("tiles"); }
  set tiles(value) { this.#reflect("tiles", value); }

  get recommendations() { return this.#count("recommendations"); }
  set recommendations(value) { this.#reflect("recommendations", value); }

  get details() { return (this.getAttribute("details") ?? "year director").split(/\s+/).filter(Boolean); }
  set details(value) { this.#reflect("details", value.join(" ")); }

  get remember() { return this.hasAttribute("remember"); }
  set remember(value) { this.toggleAttribute("remember", Boolean(value)); }

  #count(name) {
    const value = Number(this.getAttribute(name));
    return Number.isInteger(value) && value >= 1 ? Math.min(value, MOST) : DEFAULTS[name];
  }

  #reflect(name, value) {
    if (value === null || value === undefined) this.removeAttribute(name);
    else this.setAttribute(name, String(value));
  }
}
