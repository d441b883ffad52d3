/** What the element has in common with the form controls of the browser. */
import { Attributes } from "./attributes.js";

/** Key of an element's `ElementInternals`. */
export const INTERNALS = Symbol();

export class FormControl extends Attributes {
  static formAssociated = true;

  [INTERNALS] = this.attachInternals();

  get form() { return this[INTERNALS].form; }
  get type() { return /** @type {const} */ ("few-clicks"); }
  get labels() { return this[INTERNALS].labels; }
  get validity() { return this[INTERNALS].validity; }
  get validationMessage() { return this[INTERNALS].validationMessage; }
  get willValidate() { return this[INTERNALS].willValidate; }
  checkValidity() { return this[INTERNALS].checkValidity(); }
  reportValidity() { return this[INTERNALS].reportValidity(); }
}

/** Set the custom states of an element. @param {FormControl} element @param {Record<string, boolean>} states */
export function reflectStates(element, states) {
  for (const [name, on] of Object.entries(states)) {
    try {
      element[INTERNALS].states[on ? "add" : "delete"](name);
    } catch {
      // Chromium before 125 takes no such name; Firefox before 126 and Safari before 17.4 have no custom states.
    }
  }
}
