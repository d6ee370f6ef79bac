/** Lists of names and values. */
import { make } from './dom.js'

/**
 * @param {HTMLElement} list a `<dl>`
 * @param {readonly (readonly [string, string])[]} pairs
 */
export function fillPairs(list, pairs) {
  list.replaceChildren(...pairs.flatMap(([name, value]) => [make('dt', name), make('dd', value)]))
}
