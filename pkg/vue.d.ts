/** Types of `<few-clicks>` in Vue's templates: `import type {} from "fewclicks/vue"` once. */
import type { DefineComponent } from "vue";
import type { FewClicksEventMap } from "./element.js";
import type { SettableProps } from "./props.js";

type Handlers = { [Name in keyof FewClicksEventMap as `on${Capitalize<Name>}`]?: (event: FewClicksEventMap[Name]) => void };

declare module "vue" {
  interface GlobalComponents {
    "few-clicks": DefineComponent<SettableProps & Handlers>;
  }
}
