/** Register `<few-clicks>`. Importing it twice, or on a server, does no harm. */
import { FewClicksElement } from "./element.js";

if (globalThis.customElements && !customElements.get("few-clicks")) {
  customElements.define("few-clicks", FewClicksElement);
}

export { FewClicksElement };
