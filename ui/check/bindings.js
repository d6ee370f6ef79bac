/**
 * The bindings that the registrar lists.
 *
 * @import * as Wire from '../ipc/types.js'
 */
import { make, part } from '../parts/dom.js'
import { clone } from '../parts/template.js'
import { texts } from '../texts/all.js'

/**
 * Creates the table in `[data-part="bindings-place"]`, and returns a function that fills it.
 *
 * @param {HTMLElement} root
 * @returns {(bindings: readonly Wire.BindingView[]) => void}
 */
export function bindingsTable(root) {
  const place = part(root, '[data-part="bindings-place"]')
  place.replaceChildren(clone('bindings'))
  const table = part(place, '[data-part="bindings"]')

  return (bindings) => {
    table.hidden = bindings.length === 0
    part(place, '[data-part="no-bindings"]').hidden = bindings.length > 0
    part(table, 'tbody').replaceChildren(...bindings.map(({ address, expires, ours }) => {
      const row = make('tr')
      const cell = make('td', address, 'value')
      if (ours) {
        cell.append(' ', make('span', texts.check.bindingOurs, 'tag'))
      }
      row.append(cell, make('td', texts.check.expiresIn(texts.time.seconds(expires)), 'time'))
      return row
    }))
  }
}
