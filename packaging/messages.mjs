/** Generate `messages/messages.d.ts` from the English messages, which editors show for their keys. */
import english from "../pkg/messages/en.js";
import { words } from "../pkg/messages/list-tools.js";

const said = (message) => (typeof message === "string" ? message : message.other);

/** Generate the declarations. @returns {string} TypeScript */
export function messages() {
  const keys = (all) => Object.entries(all).map(([key, message]) => `  /** ${said(message)} */\n  ${key}: Message;\n`).join("");
  return `// Made from en.js by \`npm run docs\` in packaging/.

/** Plural forms by \`Intl.PluralRules\` category; \`{count}\` chooses the form and is filled in like any \`{name}\`. */
export type PluralMessage = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;

export type Message = string | PluralMessage;

/** In pick mode a key that has a sibling with \`pick\` before it is said in the sibling's words. */
export interface Messages {
${keys(english)}}

/** What the tools of the list say; see \`list-actions\`. */
export interface ListMessages {
${keys(words.en)}}
`;
}
