/** An `Error` with a string `code`, as the model itself throws them. */
export function coded(code, message, cause) {
  return Object.assign(new Error(message, { cause }), { code });
}
