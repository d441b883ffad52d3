/** The types that pass between the element and a session, in the page or in a worker. */

/** @import { BundleInfo, Progress } from "../fewclicks.js" */
/** @import { ErrorDetail } from "../types.js" */
/** @import { Session } from "./session.js" */

/**
 * @typedef {(progress?: Progress) => void} ProgressListener called with each piece that arrives; `progress` is how much of the bundle
 *   has arrived, undefined until its manifest is read
 */

/**
 * A session, wherever it is.
 * @typedef {object} Connection
 * @property {BundleInfo} info
 * @property {<M extends keyof Session>(method: M, ...args: Parameters<Session[M]>) => Promise<ReturnType<Session[M]>>} call
 *   calls a method of the session
 */

/**
 * A message to the worker: open a session, which returns its number, or call a method of one.
 * @typedef {{ open: string, fresh?: boolean } | { session: number, method: keyof Session, args: unknown[] }} Request
 */

/**
 * A message from the worker: what a request has come to, or how far it has come.
 * @typedef {object} Reply
 * @property {number} id of the request
 * @property {unknown} [result]
 * @property {ErrorDetail} [error]
 * @property {Progress} [progress]
 */

export {};
