"use client";
import { useSyncExternalStore } from "react";

const never = () => () => {};

/**
 * Renders its children in the browser only. React 19 hydrates a custom element that a server has rendered without its
 * event handlers and properties.
 */
export const OnClient = ({ children }) => useSyncExternalStore(never, () => true, () => false) && children;
