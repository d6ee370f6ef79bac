/**
 * The texts of the language in use, as far as the first screen needs them; all.js brings the others.
 *
 * @import { Texts } from './en.js'
 */
import { en } from './en.js'

/** @type {Texts} */
export const texts = { ...en }

/**
 * Gives the text at a dotted path, as templates name it.
 *
 * @param {string} path such as `signIn.title`
 * @returns {string}
 */
export function textAt(path) {
  /** @type {unknown} */
  let found = texts
  for (const key of path.split('.')) {
    found = typeof found === 'object' && found !== null ? Reflect.get(found, key) : undefined
  }
  if (typeof found !== 'string') {
    throw new TypeError(`there is no text ${path}`)
  }
  return found
}
