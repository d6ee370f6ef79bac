/** The app's own sentences about phones, by the names that their data gives. */
import { part } from '../parts/dom.js'
import { cloneOne } from '../parts/template.js'
import { texts } from '../texts/all.js'

/**
 * @param {string} name such as `save-the-page`
 * @returns {string}
 */
export function note(name) {
  const sentence = texts.phoneNotes[/** @type {keyof typeof texts.phoneNotes} */ (name)]
  if (sentence === undefined) {
    throw new TypeError(`there is no sentence ${name}`)
  }
  return sentence
}

/**
 * Draws what goes wrong.
 *
 * @param {string} sentence
 * @param {'wait' | 'bad'} [tone]
 */
export function trap(sentence, tone = 'wait') {
  const element = cloneOne('phone-trap')
  element.dataset.tone = tone
  part(element, 'span').textContent = sentence
  return element
}
