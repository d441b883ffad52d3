/** What frameworks take for `<few-clicks>`. */
import type { FewClicksElement, FewClicksEventMap } from "./element.js";

/** The properties that a page sets. */
export type SettableProps = Partial<Pick<FewClicksElement,
  | "bundle" | "mode" | "rating" | "goal" | "min" | "tiles" | "rows" | "related" | "variety" | "explore" | "details" | "listActions" | "listFilters" | "images" | "loading" | "worker" | "submit"
  | "name" | "disabled" | "required" | "messages" | "filter" | "overrides" | "renderTile">>
  & { remember?: string | boolean | null };

/** A handler for each event, named `on` and the event in lower case. */
export type EventHandlers = { [Name in keyof FewClicksEventMap as `on${Name}`]?: (event: FewClicksEventMap[Name]) => void };
