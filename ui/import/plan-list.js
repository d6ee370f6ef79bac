/**
 * The rows of a plan: only those in sight are drawn.
 *
 * @import * as Wire from '../ipc/types.js'
 */
import { find, icon, make, part } from '../parts/dom.js'
import { cloneOne } from '../parts/template.js'
import { inSight, moved, page, scrolledTo } from '../parts/visible-rows.js'
import { texts } from '../texts/all.js'

/** @type {Record<Wire.Tone, string>} */
const icons = { good: 'check', bad: 'cross', wait: 'warn', plain: 'info' }

/**
 * @param {HTMLElement} grid
 * @param {(offset: number, count: number) => Promise<Wire.PlanRows>} ask
 * @param {AbortSignal} signal
 */
export function planList(grid, ask, signal) {
  const body = part(grid, '.grid-rows')
  const head = part(grid, '.grid-head')
  const before = find(grid, '.grid-before', SVGSVGElement)
  const behind = find(grid, '.grid-behind', SVGSVGElement)
  const empty = part(document, '[data-part="plan-empty"]')
  // The remarks of the row that the keys are on, in full.
  const detail = part(document, '[data-part="plan-detail"]')

  let total = 0
  let active = -1
  let asked = 0
  /** @type {Wire.PlanRows} */
  let held = { offset: 0, total: 0, rows: [] }

  const sight = () => {
    const headHeight = head.getBoundingClientRect().height
    // Before the first rows are drawn their height is not known; a heading is lower.
    const rowHeight = body.firstElementChild?.getBoundingClientRect().height ?? headHeight
    return { top: grid.scrollTop, height: grid.clientHeight - headHeight, rowHeight, total }
  }

  /** Asks for the rows in sight and draws them; an answer that was overtaken is dropped. */
  async function refresh() {
    const { first, count } = inSight({ ...sight(), total: total || 1 })
    const mine = ++asked
    const rows = await ask(first, Math.max(count, 1))
    if (mine !== asked || signal.aborted) {
      return
    }
    const grown = rows.total !== total
    held = rows
    total = rows.total
    active = Math.min(active, total - 1)
    empty.hidden = total > 0
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
    body.replaceChildren(...held.rows.map((row, place) => rowItem(row, held.offset + place)))
    if (grid.scrollTop !== top) {
      grid.scrollTop = top
    }
    mark()
  }

  function mark() {
    for (const row of body.children) {
      row.toggleAttribute('data-active', row.id === `plan-row-${active}`)
    }
    const row = held.rows[active - held.offset]
    detail.textContent = row?.detail ?? ''
    if (row) {
      grid.setAttribute('aria-activedescendant', `plan-row-${active}`)
    } else {
      grid.removeAttribute('aria-activedescendant')
    }
  }

  grid.addEventListener('keydown', (event) => {
    const to = moved(event.key, active, total, page(sight()))
    if (to !== null && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      active = to
      grid.scrollTop = scrolledTo(to, sight())
      void refresh()
    }
  }, { signal })
  let frame = 0
  grid.addEventListener('scroll', () => {
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(() => void refresh())
  }, { signal })
  body.addEventListener('click', (event) => {
    const row = event.target instanceof Element ? event.target.closest('.grid-row') : null
    if (row) {
      active = Number(row.id.slice('plan-row-'.length))
      mark()
    }
  }, { signal })
  const resized = new ResizeObserver(() => void refresh())
  resized.observe(grid)
  resized.observe(head)
  signal.addEventListener('abort', () => resized.disconnect())

  return {
    /** Shows other rows, from their beginning. */
    restart: async () => {
      active = -1
      grid.scrollTop = 0
      await refresh()
    }
  }
}

/**
 * @param {Wire.PlanRow} row
 * @param {number} place
 */
function rowItem(row, place) {
  const item = cloneOne('plan-row')
  item.id = `plan-row-${place}`
  item.setAttribute('aria-rowindex', String(place + 2))
  const fill = (/** @type {string} */ name, /** @type {string} */ text) => {
    const cell = part(item, `.cell-${name}`)
    cell.textContent = text || texts.importing.none
    cell.title = text
  }
  fill('line', row.line.toLocaleString('en'))
  fill('name', row.domain ? `${row.userName}@${row.domain}` : row.userName)
  fill('realm', row.realm)
  part(item, '.cell-detail').textContent = row.detail
  const tag = make('span', '', 'tag result-tag')
  tag.dataset.tone = row.tone
  tag.append(icon(icons[row.tone]), make('span', row.label))
  part(item, '.cell-outcome').replaceChildren(tag)
  return item
}
