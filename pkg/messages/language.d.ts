import type { Messages } from "./messages.js";

/** Every word that the element says, in one language. */
declare const words: Readonly<Messages>;
export default words;
