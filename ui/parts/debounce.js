/** Milliseconds without a key until what was typed is looked for. */
const MOMENT = 150

/**
 * Acts once nothing more was typed for a moment: where each look goes through a whole file, there is
 * one for a word and not one for each of its letters.
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
