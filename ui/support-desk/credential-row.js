/**
 * One row of the desk's list, and what its last check offers.
 *
 * @import * as Wire from '../ipc/types.js'
 */
import { icon, make, part } from '../parts/dom.js'
import { cloneOne } from '../parts/template.js'
import { texts } from '../texts/all.js'

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

/** The cells that hold a text, by what of the row they hold. */
const cells = /** @type {const} */ ({
  userName: '.cell-name',
  domain: '.cell-domain',
  realm: '.cell-realm',
  application: '.cell-application'
})

/**
 * Makes an element show a row. One that showed another row before is changed where the two differ:
 * that takes a fraction of what a new one takes to be made, laid out and drawn.
 *
 * @param {Wire.DeskRow} row
 * @param {{ item: HTMLElement, row: Wire.DeskRow } | undefined} old
 * @returns {HTMLElement}
 */
export function rowItem(row, old) {
  const item = old?.item ?? cloneOne('desk-row')
  if (old?.row.id !== row.id) {
    item.dataset.id = String(row.id)
  }
  if (old?.row.selected !== row.selected) {
    item.setAttribute('aria-selected', String(row.selected))
  }
  for (const [name, selector] of Object.entries(cells)) {
    const text = row[/** @type {keyof typeof cells} */ (name)]
    if (old?.row[/** @type {keyof typeof cells} */ (name)] !== text) {
      const cell = part(item, selector)
      cell.textContent = text || texts.desk.none
      cell.title = text
    }
  }
  if (!old || JSON.stringify(old.row.result) !== JSON.stringify(row.result)) {
    fillResult(part(item, '.cell-result'), row)
  }
  return item
}

/**
 * @param {HTMLElement} result
 * @param {Wire.DeskRow} row
 */
function fillResult(result, row) {
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
 * A sign, a color and a few words.
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
