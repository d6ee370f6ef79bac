/** The keys of a phone's keypad. */

/** In keypad order. */
export const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#']

/**
 * Returns the digit for a key on the keyboard, or `null` while text is being typed or with a modifier,
 * when the key means something else.
 *
 * @param {{ key: string, ctrlKey: boolean, altKey: boolean, metaKey: boolean, repeat: boolean }} event
 * @param {boolean} typing the focus is in a field that takes text
 */
export function digitOf({ key, ctrlKey, altKey, metaKey, repeat }, typing) {
  return !typing && !ctrlKey && !altKey && !metaKey && !repeat && digits.includes(key) ? key : null
}
