/** `<FewClicks>` for React 18 and 19, rendered on a server or not: attributes are rendered, all else follows after hydration. */
import { createElement, forwardRef, useEffect, useImperativeHandle, useRef } from "react";

/** @import { FewClicksProps } from "./react.js" */

/** Props that are attributes. React 18 would write `false` as one, too. */
const ATTRIBUTES = [
  "bundle", "mode", "rating", "goal", "min", "tiles", "rows", "related", "variety", "explore", "details", "listActions", "listFilters", "images", "remember", "loading", "worker", "submit", "name",
  "disabled", "required", "id", "lang", "dir", "slot", "title", "hidden", "style",
];

/** Props that are set as properties, and what unsets them. @type {Record<string, unknown>} */
const PROPERTIES = { messages: {}, filter: null, overrides: {}, renderTile: null };

/** Types of events by the props that handle them. @type {Record<string, string>} */
const EVENTS = {
  onProgress: "progress", onReady: "ready", onAnswer: "answer", onRecommend: "recommend", onComplete: "complete", onSkip: "skip", onListAction: "listaction",
  onError: "error", onChange: "change",
};

/** @param {unknown} value @param {unknown} other @returns {boolean} whether both are the same, or objects of the same entries */
function isSame(value, other) {
  if (value === other) return true;
  if (typeof value !== "object" || typeof other !== "object" || !value || !other) return false;
  const [own, others] = [Object.entries(value), Object.entries(other)];
  return own.length === others.length && own.every(([key, entry]) => Reflect.get(other, key) === entry);
}

export const FewClicks = forwardRef(
  /** @param {FewClicksProps} props @param {import("react").ForwardedRef<any>} forwarded */
  function FewClicks(props, forwarded) {
    const element = useRef(/** @type {any} */ (null));
    const latest = useRef(/** @type {Record<string, any>} */ ({}));
    useImperativeHandle(forwarded, () => element.current, []);
    useEffect(() => {
      for (const [name, unset] of Object.entries(PROPERTIES)) {
        const value = Reflect.get(props, name) ?? unset;
        if (!isSame(value, latest.current[name] ?? unset)) Reflect.set(element.current, name, value);
      }
      latest.current = props;
    });
    useEffect(() => {
      const stop = new AbortController();
      for (const [prop, type] of Object.entries(EVENTS)) {
        element.current.addEventListener(type, (/** @type {Event} */ event) => latest.current[prop]?.(event), { signal: stop.signal });
      }
      // After hydration: an element that is defined before it changes what React expects to find.
      import("./few-clicks.js");
      return () => stop.abort();
    }, []);
    const { className, children, ...rest } = /** @type {Record<string, any>} */ (props);
    const own = Object.fromEntries(Object.entries(rest)
      .filter(([name, value]) => (ATTRIBUTES.includes(name) || /^(aria|data)-/.test(name)) && value !== false && value !== null)
      .map(([name, value]) => [name.replace(/^list(?=[A-Z])/, "list-").toLowerCase(), Array.isArray(value) ? value.join(" ") : value]));
    return createElement("few-clicks", { ...own, class: className, ref: element }, children);
  },
);
