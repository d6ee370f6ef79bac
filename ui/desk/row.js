/**
 * One row of the desk's list, and what its last check offers.
 *
 * @import * as Wire from '../ipc/types.js'
 */
import { cloneOne, icon, make, part } from '../dom.js'
import { texts } from '../locales/index.js'

const icons = { good: 'check', bad: 'cross', wait: 'warn', plain: 'info' }

/** @typedef {'check' | 'fix'} RowWay */

/**
 * Says of a row where in the list it is.
 *
 * @param {HTMLElement} item
 * @param {number} place
 */
export function put(item, place) {
  const id = `desk-row-${place}`
  if (item.id !== id) {
    item.id = id
    item.setAttribute('aria-rowindex', String(place + 2))
  }
}

/** @param {Wire.DeskRow} row */
export function rowItem(row) {
  const item = cloneOne('desk-row')
  item.dataset.id = String(row.id)
  item.setAttribute('aria-selected', String(row.selected))
  const fill = (/** @type {string} */ name, /** @type {string} */ text) => {
    const cell = part(item, `.cell-${name}`)
    cell.textContent = text || texts.desk.none
    cell.title = text
  }
  fill('name', row.userName)
  fill('domain', row.domain)
  fill('realm', row.realm)
  fill('application', row.application)
  const result = part(item, '.cell-result')
  result.replaceChildren(resultTag(row.result))
  const way = wayOf(row)
  if (way) {
    const go = make('button', texts.desk.ways[way], 'link row-way')
    go.type = 'button'
    // The keyboard has a key for it: Tab leads through the screen, not through the rows.
    go.tabIndex = -1
    go.dataset.way = way
    result.append(go)
  }
  return item
}

/**
 * What a row offers by its last check.
 *
 * @param {Wire.DeskRow | undefined} row
 * @returns {RowWay | null}
 */
export function wayOf(row) {
  if (!row) {
    return null
  }
  if (!row.result) {
    return 'check'
  }
  return row.result.tone === 'bad' ? 'fix' : null
}

/**
 * A sign, a colour and a few words.
 *
 * @param {Wire.DeskResult | null} result
 */
function resultTag(result) {
  if (!result) {
    return make('span', texts.desk.notChecked, 'unchecked')
  }
  const tag = make('span', '', 'tag result-tag')
  tag.dataset.tone = result.tone
  const bindings = result.bindings > 0 ? ` · ${texts.desk.bindings(result.bindings)}` : ''
  tag.append(icon(icons[result.tone]), make('span', `${result.label}${bindings}`))
  tag.title = `${result.label}${bindings}`
  return tag
}
