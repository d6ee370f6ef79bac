/**
 * One row of the desk's list, and the action that its last check suggests.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Drawn } from '../parts/virtual-list.js'
 */
import { toneTag } from '../parts/banner.js'
import { make, part } from '../parts/dom.js'
import { cloneOne } from '../parts/template.js'
import { texts } from '../texts/all.js'

/** @typedef {'check' | 'fix'} RowWay */

/** The text cells, by the property of the row that they show. */
const cells = /** @type {const} */ ({
  userName: '.cell-name',
  domain: '.cell-domain',
  realm: '.cell-realm',
  application: '.cell-application'
})

/**
 * Shows a row in an element. An element that showed another row is changed where the two differ, which
 * takes a fraction of the time to create, lay out and draw a new one.
 *
 * @param {Wire.DeskRow} row
 * @param {Drawn<Wire.DeskRow> | undefined} old
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
    // There is a key for it: Tab moves through the screen, not through the rows.
    go.tabIndex = -1
    go.dataset.way = way
    result.append(go)
  }
}

/**
 * Returns the action that a row's last check suggests.
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
 * An icon, a color and a few words.
 *
 * @param {Wire.DeskResult | null} result
 */
function resultTag(result) {
  if (!result) {
    return make('span', texts.desk.notChecked, 'unchecked')
  }
  const { tone, label, bindings } = result
  return toneTag(tone, bindings > 0 ? texts.desk.labelAndBindings(label, bindings) : label)
}
