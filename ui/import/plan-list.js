/**
 * The rows of a plan.
 *
 * @import * as Wire from '../ipc/types.js'
 */
import { part } from '../parts/dom.js'
import { cloneOne } from '../parts/template.js'
import { toneTag } from '../parts/banner.js'
import { virtualList } from '../parts/virtual-list.js'
import { texts } from '../texts/all.js'

/**
 * @param {HTMLElement} root holds the list, and below it what stands where it is empty and the remarks
 *   of the active row in full
 * @param {(offset: number, count: number) => Promise<Wire.PlanRows>} rows
 * @param {AbortSignal} signal
 */
export function planList(root, rows, signal) {
  return virtualList(part(root, '[data-part="plan-grid"]'), {
    name: 'plan',
    rows,
    identity: ({ line }) => line,
    item: rowItem,
    drawn: ({ total }) => {
      part(root, '[data-part="plan-empty"]').hidden = total > 0
    },
    activated: (row) => {
      part(root, '[data-part="plan-detail"]').textContent = row?.detail ?? ''
    }
  }, signal)
}

/**
 * @param {Wire.PlanRow} row
 * @param {{ item: HTMLElement } | undefined} old
 */
function rowItem(row, old) {
  const item = old?.item ?? cloneOne('plan-row')
  const fill = (/** @type {string} */ name, /** @type {string} */ text) => {
    const cell = part(item, `.cell-${name}`)
    cell.textContent = text || texts.importing.none
    cell.title = text
  }
  fill('line', texts.importing.count(row.line))
  fill('name', row.domain ? `${row.userName}@${row.domain}` : row.userName)
  fill('realm', row.realm)
  part(item, '.cell-detail').textContent = row.detail
  part(item, '.cell-outcome').replaceChildren(toneTag(row.tone, row.label))
  return item
}
