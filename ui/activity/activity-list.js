/**
 * The list of exchanges: its selection and rows. Filtering and sorting are done by the core.
 *
 * @import * as Wire from '../ipc/types.js'
 */
import { part } from '../parts/dom.js'
import { cloneOne } from '../parts/template.js'
import { toneTag } from '../parts/banner.js'
import { clock, when } from '../parts/format.js'
import { virtualList } from '../parts/virtual-list.js'
import { texts } from '../texts/all.js'

/**
 * @typedef {object} Source
 * @property {(offset: number, count: number) => Promise<Wire.ActivityRows>} rows
 * @property {(id: number) => void} open shows everything about one
 * @property {(rows: Wire.ActivityRows, selected: number) => void} drawn tells what was drawn
 */

/**
 * @param {HTMLElement} grid
 * @param {Source} source
 * @param {AbortSignal} signal
 */
export function activityList(grid, source, signal) {
  /** @type {Set<number>} */
  const selected = new Set()

  const list = virtualList(grid, {
    name: 'activity',
    rows: source.rows,
    identity: ({ id }) => id,
    item: (row, old) => {
      const item = rowItem(row, old?.item)
      item.setAttribute('aria-selected', String(selected.has(row.id)))
      return item
    },
    drawn: (rows) => source.drawn(rows, selected.size),
    pressed: (event, row) => {
      if (event.target instanceof Element && event.target.closest('.cell-select')) {
        toggle(row)
      } else {
        source.open(row.id)
      }
    },
    otherKey
  }, signal)

  /** @param {Wire.ActivityRow | undefined} row */
  function toggle(row) {
    if (row && !selected.delete(row.id)) {
      selected.add(row.id)
    }
    list.redraw()
  }

  /** @param {KeyboardEvent} event */
  async function otherKey(event) {
    const command = event.ctrlKey || event.metaKey
    if (event.key === ' ' && !command) {
      event.preventDefault()
      toggle(await list.arrive())
    } else if (event.key === 'Enter' && !command) {
      event.preventDefault()
      const row = await list.arrive()
      if (row) {
        source.open(row.id)
      }
    }
  }

  return {
    restart: list.restart,
    selected: () => [...selected],
    selectNone: () => {
      selected.clear()
      list.redraw()
    }
  }
}

/**
 * @param {Wire.ActivityRow} row
 * @param {HTMLElement | undefined} old
 */
function rowItem(row, old) {
  const item = old ?? cloneOne('activity-row')
  const fill = (/** @type {string} */ name, /** @type {string} */ text, title = text) => {
    const cell = part(item, `.cell-${name}`)
    cell.textContent = text || texts.activity.unknown
    cell.title = title
  }
  fill('time', clock(row.at), when(row.at, Date.now()))
  fill('kind', texts.activity.kinds[row.kind])
  fill('what', row.title, `${row.title}\n${row.method} ${row.address}`)
  fill('took', row.method ? texts.time.took(row.tookMs) : '')
  fill('account', row.account)
  part(item, '.cell-outcome').replaceChildren(outcomeTag(row))
  return item
}

/**
 * An icon, a color and the status that came back.
 *
 * @param {Wire.ActivityRow} row
 */
export const outcomeTag = ({ tone, code }) =>
  toneTag(tone, code ? texts.activity.outcomeAndCode(texts.tones[tone], code) : texts.tones[tone])
