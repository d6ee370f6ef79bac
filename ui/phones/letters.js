/** Takes a password apart into what a person tells apart: capitals, small letters, digits, and signs. */
import { texts } from '../texts/all.js'

/** How many tiles stand side by side without a gap. */
const GROUP = 4

/** @typedef {'capital' | 'small' | 'digit' | 'space' | 'sign'} LetterKind */

/**
 * @param {string} letter
 * @returns {LetterKind}
 */
export function kindOf(letter) {
  if (letter === ' ') {
    return 'space'
  }
  if (/\p{Nd}/u.test(letter)) {
    return 'digit'
  }
  return /\p{Lu}|\p{Lt}/u.test(letter) ? 'capital' : /\p{L}/u.test(letter) ? 'small' : 'sign'
}

/**
 * Splits a password into groups of four letters.
 *
 * @param {string} password
 */
export function groupsOf(password) {
  const letters = [...password]
  const groups = []
  for (let start = 0; start < letters.length; start += GROUP) {
    groups.push(letters.slice(start, start + GROUP))
  }
  return groups
}

/**
 * Returns a letter as it is read out, such as `capital J`.
 *
 * @param {string} letter
 */
export function spelled(letter) {
  const kind = kindOf(letter)
  if (kind === 'space') {
    return texts.phones.password.space
  }
  if (kind === 'sign') {
    const names = /** @type {Partial<Record<string, string>>} */ (texts.phones.signs)
    return `${names[`u${letter.codePointAt(0)?.toString(16)}`] ?? texts.phones.otherSign} ${letter}`
  }
  return `${texts.phones.password[kind]} ${letter}`
}
