/** Types of `<few-clicks>` in Solid's JSX: `import type {} from "fewclicks/solid"` once. */
import type { JSX } from "solid-js";
import type { FewClicksElement, FewClicksEventMap } from "./element.js";
import type { SettableProps } from "./props.js";

type Properties = { [Name in keyof SettableProps as `prop:${Name & string}`]?: SettableProps[Name] };
type Handlers = { [Name in keyof FewClicksEventMap as `on:${Name}`]?: (event: FewClicksEventMap[Name]) => void };

declare module "solid-js" {
  namespace JSX {
    interface IntrinsicElements {
      "few-clicks": JSX.HTMLAttributes<FewClicksElement> & Properties & Handlers & { bundle?: string };
    }
  }
}
