/**
 * Filters besides the search: by last check, and by voice application.
 *
 * @import * as Wire from '../ipc/types.js'
 */
import { find, make } from '../parts/dom.js'
import { texts } from '../texts/all.js'

/**
 * Returns the part of a place in the list that selects and orders the rows.
 *
 * @param {Wire.DeskPlace} place
 */
export const filterOf = ({ realm, find, sort, descending, result, application }) =>
  ({ realm, find, sort, descending, result, application })

/**
 * @param {HTMLElement} root
 * @param {Wire.DeskPlace} place
 * @param {() => void} changed
 * @param {AbortSignal} signal
 */
export function filters(root, place, changed, signal) {
  const result = find(root, '#result', HTMLSelectElement)
  const application = find(root, '#application', HTMLSelectElement)
  result.replaceChildren(...options(texts.desk.results))
  result.value = place.result
  application.replaceChildren(...options(texts.desk.applications))
  application.value = place.application
  result.addEventListener('change', () => {
    place.result = /** @type {Wire.DeskResultFilter} */ (result.value)
    changed()
  }, { signal })
  application.addEventListener('change', () => {
    place.application = /** @type {Wire.DeskApplicationFilter} */ (application.value)
    changed()
  }, { signal })
}

/** @param {Record<string, string>} names */
const options = (names) => Object.entries(names).map(([value, name]) => {
  const option = make('option', name)
  option.value = value
  return option
})
