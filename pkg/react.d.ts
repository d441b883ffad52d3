import type { CSSProperties, ForwardRefExoticComponent, ReactNode, RefAttributes } from "react";
import type { FewClicksElement, FewClicksEventMap } from "./element.js";
import type { SettableProps } from "./props.js";

/** Properties of the element, handlers of its events, and what else React renders. */
export interface FewClicksProps extends SettableProps {
  onProgress?: (event: FewClicksEventMap["progress"]) => void;
  onReady?: (event: FewClicksEventMap["ready"]) => void;
  onAnswer?: (event: FewClicksEventMap["answer"]) => void;
  onRecommend?: (event: FewClicksEventMap["recommend"]) => void;
  onComplete?: (event: FewClicksEventMap["complete"]) => void;
  onSkip?: (event: FewClicksEventMap["skip"]) => void;
  onListAction?: (event: FewClicksEventMap["listaction"]) => void;
  onError?: (event: FewClicksEventMap["error"]) => void;
  onChange?: (event: Event) => void;
  className?: string;
  style?: CSSProperties;
  id?: string;
  lang?: string;
  dir?: string;
  hidden?: boolean;
  /** What stands in its slots, such as `<fieldset slot="fallback">`. */
  children?: ReactNode;
}

/** `<few-clicks>` for React 18 and 19; a `ref` is the element. It may be rendered on a server. */
export const FewClicks: ForwardRefExoticComponent<FewClicksProps & RefAttributes<FewClicksElement>>;
