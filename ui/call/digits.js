/** The keys of a phone. */

/** In the order in which a phone has them. */
export const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#']

/**
 * Gives the digit that a key on the keyboard means, or `null`: while a text is typed, or with a
 * modifier, it means something else.
 *
 * @param {{ key: string, ctrlKey: boolean, altKey: boolean, metaKey: boolean, repeat: boolean }} event
 * @param {boolean} typing the focus is in a field that takes text
 */
export function digitOf({ key, ctrlKey, altKey, metaKey, repeat }, typing) {
  return !typing && !ctrlKey && !altKey && !metaKey && !repeat && digits.includes(key) ? key : null
}
