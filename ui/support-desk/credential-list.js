/**
 * The list of SIP credentials: a grid that holds only the rows in sight. The list itself, its order
 * and the selection are the core's.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { RowWay } from './credential-row.js'
 */
import { find, part } from '../parts/dom.js'
import { put, rowItem, wayOf } from './credential-row.js'
import { inSight, moved, page, scrolledTo } from '../parts/visible-rows.js'

/** How often the rows around a far row are asked for. */
const TRIES = 4

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
export function listGrid(grid, source, signal) {
  const body = part(grid, '.grid-rows')
  const head = part(grid, '.grid-head')
  // The room of the rows that are not drawn. A drawing has a height without any style of its own.
  const before = find(grid, '.grid-before', SVGSVGElement)
  const behind = find(grid, '.grid-behind', SVGSVGElement)

  let total = 0
  let active = -1
  /** @type {number | null} */
  let anchor = null
  let asked = 0
  /** @type {Wire.DeskRows} */
  let held = { offset: 0, total: 0, selected: 0, rows: [] }
  /** @type {Map<number, { row: Wire.DeskRow, item: HTMLElement }>} */
  let drawn = new Map()

  const sight = () => {
    const rowHeight = head.getBoundingClientRect().height
    return { top: grid.scrollTop, height: grid.clientHeight - rowHeight, rowHeight, total }
  }
  const rowAt = (/** @type {number} */ place) => held.rows[place - held.offset]

  /** Asks for the rows in sight and draws them; an answer that was overtaken is dropped. */
  async function refresh() {
    const { first, count } = inSight({ ...sight(), total: total || 1 })
    const mine = ++asked
    const rows = await source.rows(first, Math.max(count, 1))
    if (mine !== asked || signal.aborted) {
      return
    }
    const grown = rows.total !== total
    held = rows
    total = rows.total
    active = Math.min(active, total - 1)
    const { top, rowHeight } = sight()
    draw(rowHeight)
    source.drawn(rows)
    // Only here, behind all that is written, is the page laid out anew, and once. While rows are
    // exchanged the list is shorter for a moment, and near its end that scrolls it.
    if (grid.scrollTop !== top) {
      grid.scrollTop = top
    }
    const wanted = inSight(sight())
    if (grown && (wanted.first < held.offset || wanted.count > held.rows.length)) {
      await refresh()
    }
  }

  /** @param {number} rowHeight */
  function draw(rowHeight) {
    const after = Math.max(0, total - held.offset - held.rows.length)
    before.setAttribute('height', String(held.offset * rowHeight))
    behind.setAttribute('height', String(after * rowHeight))
    grid.setAttribute('aria-rowcount', String(total + 1))
    drawRows()
    mark()
  }

  /**
   * Draws the rows. One that is still there keeps its element, and the others take those that are
   * free, so that a key that changes nothing costs nothing and one that changes all does not much.
   */
  function drawRows() {
    const ids = new Set(held.rows.map((row) => row.id))
    const before = drawn
    const free = [...before.values()].filter((old) => !ids.has(old.row.id))
    const kept = before.size - free.length
    for (const old of kept > 0 ? free : free.slice(held.rows.length)) {
      old.item.remove()
    }
    drawn = new Map()
    let next = body.firstElementChild
    for (const [place, row] of held.rows.entries()) {
      const item = rowItem(row, before.get(row.id) ?? free.shift())
      drawn.set(row.id, { row, item })
      put(item, held.offset + place)
      if (item === next) {
        next = item.nextElementSibling
      } else {
        body.insertBefore(item, next)
      }
    }
  }

  function mark() {
    for (const row of body.children) {
      row.toggleAttribute('data-active', row.id === `desk-row-${active}`)
    }
    if (rowAt(active)) {
      grid.setAttribute('aria-activedescendant', `desk-row-${active}`)
    } else {
      grid.removeAttribute('aria-activedescendant')
    }
  }

  /** @param {number} place */
  async function goTo(place) {
    active = place
    grid.scrollTop = scrolledTo(place, sight())
    // An answer may have been overtaken by that of the scrolling itself.
    for (let tries = 0; tries < TRIES && active === place && !rowAt(place); tries++) {
      await refresh()
    }
    mark()
  }

  /** @param {Wire.SelectRows} how */
  async function select(how) {
    await source.select(how)
    await refresh()
  }

  /** Selects from the anchor to the active row. */
  async function stretch() {
    const row = rowAt(active)
    if (row) {
      anchor ??= row.id
      await select({ how: 'range', from: anchor, to: row.id })
    }
  }

  async function toggle() {
    const row = rowAt(active)
    if (row) {
      anchor = row.id
      await select({ how: 'toggle', id: row.id })
    }
  }

  /** Waits for the active row, which a fast key may have moved to before it was asked for. */
  async function arrive() {
    if (active >= 0 && !rowAt(active)) {
      await goTo(active)
    }
  }

  /** @param {KeyboardEvent} event */
  async function key(event) {
    const to = moved(event.key, active, total, page(sight()))
    const command = event.ctrlKey || event.metaKey
    if (event.target !== grid || event.altKey) {
      return
    }
    if (to !== null && !(command && event.key.startsWith('Arrow'))) {
      event.preventDefault()
      anchor = event.shiftKey ? anchor ?? rowAt(active)?.id ?? null : null
      await goTo(to)
      if (event.shiftKey) {
        await stretch()
      }
    } else if (event.key === ' ') {
      event.preventDefault()
      await arrive()
      await (event.shiftKey ? stretch() : toggle())
    } else if (command && event.key.toLowerCase() === 'a') {
      event.preventDefault()
      await select({ how: event.shiftKey ? 'none' : 'all' })
    } else if (event.key === 'Enter') {
      event.preventDefault()
      await arrive()
      const row = rowAt(active)
      if (row) {
        source.open(row.id)
      }
    } else if (!command) {
      const row = rowAt(active)
      const way = row ? wayOf(row) : null
      if (row && way && keys[way] === event.key.toLowerCase()) {
        event.preventDefault()
        source.go(way, row.id)
      }
    }
  }

  /** @param {MouseEvent} event */
  async function click(event) {
    const row = event.target instanceof Element ? event.target.closest('.grid-row') : null
    if (!(row instanceof HTMLElement) || !body.contains(row)) {
      return
    }
    const inside = (/** @type {string} */ selector) =>
      event.target instanceof Element && event.target.closest(selector) !== null
    const onBox = inside('.cell-select')
    anchor ??= rowAt(active)?.id ?? null
    active = Number(row.id.slice('desk-row-'.length))
    mark()
    const way = inside('[data-way]') ? wayOf(rowAt(active)) : null
    if (way) {
      source.go(way, Number(row.dataset.id))
    } else if (event.shiftKey) {
      await stretch()
    } else if (onBox || event.ctrlKey || event.metaKey) {
      await toggle()
    } else {
      anchor = rowAt(active)?.id ?? null
      source.open(Number(row.dataset.id))
    }
  }

  let frame = 0
  grid.addEventListener('scroll', () => {
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(() => void refresh())
  }, { signal })
  grid.addEventListener('keydown', (event) => void key(event), { signal })
  grid.addEventListener('focus', () => {
    if (active < 0 && total > 0) {
      void goTo(Math.min(held.offset + (held.offset > 0 ? 8 : 0), total - 1))
    }
  }, { signal })
  body.addEventListener('click', (event) => void click(event), { signal })
  const resized = new ResizeObserver(() => void refresh())
  resized.observe(grid)
  resized.observe(head)
  signal.addEventListener('abort', () => resized.disconnect())

  return {
    refresh,
    select,
    /** Shows other rows: from their beginning, with none of them active. */
    restart: async () => {
      active = -1
      anchor = null
      grid.scrollTop = 0
      await refresh()
    },
    /** @param {number} offset the first row in sight */
    scrollTo: (offset) => {
      grid.scrollTop = offset * sight().rowHeight
    },
    offset: () => Math.floor(grid.scrollTop / Math.max(1, sight().rowHeight))
  }
}
