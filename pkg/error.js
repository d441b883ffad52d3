/** Errors of the element: of the same name and with the same codes as those of the model. */

/** @import { ErrorCode, ErrorDetail, FewClicksError } from "./types.js" */

/**
 * Create an error as the model throws them.
 * @param {ErrorCode} code
 * @param {string} message
 * @param {unknown} [cause] what was thrown before
 * @returns {FewClicksError}
 */
export function fewClicksError(code, message, cause) {
  const name = /** @type {const} */ ("FewClicksError");
  return Object.assign(new Error(message, { cause }), { name, code });
}

/**
 * Return the code and the message of whatever was thrown. Only errors of the model and of the element have a code.
 * @param {unknown} error
 * @returns {ErrorDetail}
 */
export function errorDetail(error) {
  if (isFewClicksError(error)) return { code: error.code, message: error.message };
  return { code: "bundle", message: messageOf(error) };
}

/** @param {unknown} error @returns {error is FewClicksError} */
export const isFewClicksError = (error) => error instanceof Error && error.name === "FewClicksError";

/** Return the message of whatever was thrown. @param {unknown} error @returns {string} */
export const messageOf = (error) => (error instanceof Error ? error.message : String(error));

const AsyncFunction = (async () => {}).constructor;

/**
 * Have the asynchronous methods of a class reject with errors that have a code, whatever they are called with.
 * @template {object} T
 * @param {T} prototype
 * @param {(own: T, error: FewClicksError) => void} stopped called when the worker has stopped
 */
export function withCodes(prototype, stopped) {
  for (const [name, { value: method }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (!(method instanceof AsyncFunction)) continue;
    /** @this {T} @param {...unknown} args */
    const value = async function (...args) {
      try {
        return await Reflect.apply(/** @type {Function} */ (method), this, args);
      } catch (cause) {
        if (!isFewClicksError(cause)) throw fewClicksError("bad-options", `${name}: ${messageOf(cause)}`, cause);
        if (cause.code === "worker") stopped(this, cause);
        throw cause;
      }
    };
    Object.defineProperty(prototype, name, { value });
  }
}
