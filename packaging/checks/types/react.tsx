/** What a React app in TypeScript declares of the element, once. It is only compiled. */
import "fewclicks";
import type { FewClicksElement, FewClicksEventMap } from "fewclicks/element";
import type { DetailedHTMLProps, HTMLAttributes } from "react";

type Handlers = { [Name in keyof FewClicksEventMap as `on${Name}`]?: (event: FewClicksEventMap[Name]) => void };
type Own = "bundle" | "mode" | "goal" | "tiles" | "messages" | "filter";
type Props = Omit<DetailedHTMLProps<HTMLAttributes<FewClicksElement>, FewClicksElement>, keyof Handlers>
  & Partial<Pick<FewClicksElement, Own>> & Handlers;

declare module "react" {
  namespace JSX {
    interface IntrinsicElements { "few-clicks": Props }
  }
}

export const Taste = () => (
  <few-clicks bundle="/bundle" goal={5} className="taste" onrecommend={({ detail }) => detail.recommendations.length} />
);

// @ts-expect-error no such mode
export const Wrong = () => <few-clicks bundle="/bundle" mode="swipe" />;
