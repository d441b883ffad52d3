/** The types for frameworks. It is only compiled. */
import { FewClicks } from "fewclicks/react";
import type {} from "fewclicks/solid";
import type {} from "fewclicks/svelte";
import type {} from "fewclicks/vue";
import { useRef } from "react";
import type { JSX as SolidJSX } from "solid-js";
import type { SvelteHTMLElements } from "svelte/elements";
import type { GlobalComponents } from "vue";
import type { FewClicksElement } from "fewclicks/element";

export function Taste() {
  const ref = useRef<FewClicksElement>(null);
  return (
    <FewClicks ref={ref} bundle="/bundle" goal={5} worker className="taste" listActions={["like", "share"]} onListAction={({ detail }) => detail.action} messages={{ heading: "Seen?" }} onRecommend={({ detail }) => detail.recommendations.length}>
      <fieldset slot="fallback" />
    </FewClicks>
  );
}

// @ts-expect-error no such mode
export const Wrong = () => <FewClicks bundle="/bundle" mode="swipe" />;

export const svelte: SvelteHTMLElements["few-clicks"] = { bundle: "/bundle", class: "taste", onrecommend: ({ detail }) => detail.recommendations };
// @ts-expect-error no such mode
export const wrongSvelte: SvelteHTMLElements["few-clicks"] = { mode: "swipe" };

export const solid: SolidJSX.IntrinsicElements["few-clicks"] = {
  bundle: "/bundle", class: "taste", "prop:goal": 5, "prop:listActions": ["like"], "on:recommend": ({ detail }) => detail.recommendations,
};
// @ts-expect-error no such mode
export const wrongSolid: SolidJSX.IntrinsicElements["few-clicks"] = { "prop:mode": "swipe" };

type VueProps = InstanceType<GlobalComponents["few-clicks"]>["$props"];
export const vue: VueProps = { bundle: "/bundle", onRecommend: ({ detail }) => detail.recommendations };
// @ts-expect-error no such mode
export const wrongVue: VueProps = { mode: "swipe" };
