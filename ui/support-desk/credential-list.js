/**
 * The list of SIP credentials: its selection and keyboard handling. The rows, their order and the
 * selection are managed by the core.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { RowWay } from './credential-row.js'
 */
import { virtualList } from '../parts/virtual-list.js'
import { rowItem, wayOf } from './credential-row.js'

/** @type {Record<RowWay, string>} */
const keys = { check: 'c', fix: 'f' }

/**
 * @typedef {object} Source
 * @property {(offset: number, count: number) => Promise<Wire.DeskRows>} rows
 * @property {(how: Wire.SelectRows) => Promise<unknown>} select
 * @property {(id: number) => void} open shows everything about one
 * @property {(way: RowWay, id: number) => void} go does what a row offers
 * @property {(rows: Wire.DeskRows) => void} drawn tells what was drawn
 */

/**
 * @param {HTMLElement} grid
 * @param {Source} source
 * @param {AbortSignal} signal
 */
export function credentialList(grid, source, signal) {
  /** @type {number | null} */
  let anchor = null

  const list = virtualList(grid, {
    name: 'credential',
    rows: source.rows,
    identity: ({ id }) => id,
    item: rowItem,
    drawn: source.drawn,
    leaves: (event, from) => {
      anchor = event.shiftKey ? anchor ?? from?.id ?? null : null
    },
    arrived: (event) => (event.shiftKey ? stretch() : undefined),
    pressed,
    otherKey
  }, signal)

  /** @param {Wire.SelectRows} how */
  async function select(how) {
    await source.select(how)
    await list.refresh()
  }

  /** Selects from the anchor to the active row. */
  async function stretch() {
    const row = list.active()
    if (row) {
      anchor ??= row.id
      await select({ how: 'range', from: anchor, to: row.id })
    }
  }

  async function toggle() {
    const row = list.active()
    if (row) {
      anchor = row.id
      await select({ how: 'toggle', id: row.id })
    }
  }

  /** @param {KeyboardEvent} event */
  async function otherKey(event) {
    const command = event.ctrlKey || event.metaKey
    const row = list.active()
    const way = command ? null : wayOf(row)
    if (event.key === ' ') {
      event.preventDefault()
      await list.arrive()
      await (event.shiftKey ? stretch() : toggle())
    } else if (command && event.key.toLowerCase() === 'a') {
      event.preventDefault()
      await select({ how: event.shiftKey ? 'none' : 'all' })
    } else if (event.key === 'Enter') {
      event.preventDefault()
      const there = await list.arrive()
      if (there) {
        source.open(there.id)
      }
    } else if (row && way && keys[way] === event.key.toLowerCase()) {
      event.preventDefault()
      source.go(way, row.id)
    }
  }

  /**
   * @param {MouseEvent} event
   * @param {Wire.DeskRow} row
   * @param {Wire.DeskRow | undefined} from
   */
  async function pressed(event, row, from) {
    const inside = (/** @type {string} */ selector) =>
      event.target instanceof Element && event.target.closest(selector) !== null
    anchor ??= from?.id ?? null
    const way = inside('[data-way]') ? wayOf(row) : null
    if (way) {
      source.go(way, row.id)
    } else if (event.shiftKey) {
      await stretch()
    } else if (inside('.cell-select') || event.ctrlKey || event.metaKey) {
      await toggle()
    } else {
      anchor = row.id
      source.open(row.id)
    }
  }

  return {
    refresh: list.refresh,
    scrollTo: list.scrollTo,
    select,
    restart: async () => {
      anchor = null
      await list.restart()
    }
  }
}
