/**
 * The list of exchanges: a grid that holds only the rows in sight. Which fit, and their order, is the
 * core's.
 *
 * @import * as Wire from '../ipc/types.js'
 */
import { find, icon, make, part } from '../parts/dom.js'
import { cloneOne } from '../parts/template.js'
import { clock, when } from '../parts/format.js'
import { texts } from '../texts/all.js'
import { inSight, moved, page, scrolledTo } from '../parts/visible-rows.js'

/** How often the rows around a far row are asked for. */
const TRIES = 4

const icons = { good: 'check', bad: 'cross', wait: 'warn', plain: 'info' }

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
  const body = part(grid, '.grid-rows')
  const head = part(grid, '.grid-head')
  const before = find(grid, '.grid-before', SVGSVGElement)
  const behind = find(grid, '.grid-behind', SVGSVGElement)
  /** @type {Set<number>} */
  const selected = new Set()

  let total = 0
  let active = -1
  let asked = 0
  /** @type {Wire.ActivityRows} */
  let held = { offset: 0, total: 0, kept: 0, rows: [] }

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
    draw()
    const wanted = inSight(sight())
    if (grown && (wanted.first < held.offset || wanted.count > held.rows.length)) {
      await refresh()
    }
  }

  function draw() {
    const after = Math.max(0, total - held.offset - held.rows.length)
    const { top, rowHeight } = sight()
    before.setAttribute('height', String(held.offset * rowHeight))
    behind.setAttribute('height', String(after * rowHeight))
    grid.setAttribute('aria-rowcount', String(total + 1))
    body.replaceChildren(...held.rows.map((row, place) =>
      rowItem(row, held.offset + place, selected.has(row.id))))
    // While rows are exchanged the list is shorter for a moment, and near its end that scrolls it.
    if (grid.scrollTop !== top) {
      grid.scrollTop = top
    }
    mark()
    source.drawn(held, selected.size)
  }

  function mark() {
    for (const row of body.children) {
      row.toggleAttribute('data-active', row.id === `activity-row-${active}`)
    }
    if (rowAt(active)) {
      grid.setAttribute('aria-activedescendant', `activity-row-${active}`)
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

  function toggle() {
    const row = rowAt(active)
    if (row && !selected.delete(row.id)) {
      selected.add(row.id)
    }
    draw()
  }

  /** @param {KeyboardEvent} event */
  async function key(event) {
    if (event.target !== grid || event.altKey || event.ctrlKey || event.metaKey) {
      return
    }
    const to = moved(event.key, active, total, page(sight()))
    if (to !== null) {
      event.preventDefault()
      await goTo(to)
    } else if (event.key === ' ') {
      event.preventDefault()
      toggle()
    } else if (event.key === 'Enter') {
      const row = rowAt(active)
      if (row) {
        event.preventDefault()
        source.open(row.id)
      }
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
      void goTo(0)
    }
  }, { signal })
  body.addEventListener('click', (event) => {
    const row = event.target instanceof Element ? event.target.closest('.grid-row') : null
    if (row instanceof HTMLElement) {
      active = Number(row.id.slice('activity-row-'.length))
      if (event.target instanceof Element && event.target.closest('.cell-select')) {
        toggle()
      } else {
        mark()
        source.open(Number(row.dataset.id))
      }
    }
  }, { signal })
  const resized = new ResizeObserver(() => void refresh())
  resized.observe(grid)
  resized.observe(head)
  signal.addEventListener('abort', () => resized.disconnect())

  return {
    refresh,
    selected: () => [...selected],
    selectNone: () => {
      selected.clear()
      draw()
    },
    /** Shows other rows: from their beginning, with none of them active. */
    restart: async () => {
      active = -1
      grid.scrollTop = 0
      await refresh()
    }
  }
}

/**
 * @param {Wire.ActivityRow} row
 * @param {number} place
 * @param {boolean} selected
 */
function rowItem(row, place, selected) {
  const item = cloneOne('activity-row')
  item.id = `activity-row-${place}`
  item.dataset.id = String(row.id)
  item.setAttribute('aria-rowindex', String(place + 2))
  item.setAttribute('aria-selected', String(selected))
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
 * A sign, a color and the number that came back.
 *
 * @param {Wire.ActivityRow} row
 */
export function outcomeTag({ tone, code }) {
  const tag = make('span', '', 'tag result-tag')
  tag.dataset.tone = tone
  const words = code ? `${texts.tones[tone]} · ${code}` : texts.tones[tone]
  tag.append(icon(icons[tone]), make('span', words))
  tag.title = words
  return tag
}
