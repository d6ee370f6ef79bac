/** Milliseconds without a key press until a search starts. */
const MOMENT = 150

/**
 * Debounces `act`, because each search may scan a whole file: one search per word rather than per
 * letter.
 *
 * @param {() => void} act
 */
export function debounced(act) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waits
  return () => {
    clearTimeout(waits)
    waits = setTimeout(act, MOMENT)
  }
}
