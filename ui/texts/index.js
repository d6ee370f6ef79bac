/**
 * The current language's texts for the first screen; all.js adds the others.
 *
 * @import { Texts } from './en.js'
 */
import { en } from './en.js'
import { isolatingNames } from './isolate.js'

/** @type {Texts} */
export const texts = isolatingNames(en)

/**
 * Returns the text at a dotted path, as used in templates.
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
