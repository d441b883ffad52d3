/** Share a text by what the browser has for it. */

/**
 * Share a text by the system's dialog, or else copy it.
 * @param {string} text
 * @returns {Promise<"share" | "clipboard" | "text" | null>} how; "text" where neither is allowed, null where the visitor has cancelled
 */
export async function share(text) {
  try {
    if (navigator.share) {
      await navigator.share({ text });
      return "share";
    }
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return null;
  }
  try {
    await navigator.clipboard.writeText(text);
    return "clipboard";
  } catch {
    return "text";
  }
}
