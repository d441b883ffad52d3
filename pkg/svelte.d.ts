/** Types of `<few-clicks>` in Svelte's markup: `import type {} from "fewclicks/svelte"` once. */
import type { HTMLAttributes } from "svelte/elements";
import type { FewClicksElement } from "./element.js";
import type { EventHandlers, SettableProps } from "./props.js";

declare module "svelte/elements" {
  interface SvelteHTMLElements {
    "few-clicks": Omit<HTMLAttributes<FewClicksElement>, keyof EventHandlers | keyof SettableProps> & SettableProps & EventHandlers;
  }
}
