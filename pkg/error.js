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
