/**
 * A list that draws only the rows in sight: which rows there are, their order and what is selected is
 * the core's. Arrows, Page Up, Page Down, Home and End move; one row is the active one.
 */
import { button, find, part } from './dom.js'
import { asFailure } from './failure.js'
import { follow } from './follow.js'
import { cloneOne } from './template.js'
import { inSight, moved, page, scrolledTo } from './visible-rows.js'

/** How often the rows around a distant row are requested. */
const TRIES = 4

/**
 * Some of the rows, in their order: the first of them stands at the offset.
 *
 * @typedef {{ offset: number, total: number, rows: readonly any[] }} Rows
 */

/**
 * @template {Rows} Answer
 * @typedef {Answer['rows'][number]} RowOf
 */

/**
 * @template {Rows} Answer
 * @typedef {object} Source
 * @property {string} name begins the ids of the rows
 * @property {(offset: number, count: number) => Promise<Answer>} rows
 * @property {(row: RowOf<Answer>) => number} identity tells rows apart
 * @property {(row: RowOf<Answer>, old: Drawn<RowOf<Answer>> | undefined) => HTMLElement} item makes an
 *   element show a row: that of a row which is no longer in sight, or a new one
 * @property {(answer: Answer) => void} drawn is told what was drawn
 * @property {(row: RowOf<Answer> | undefined) => void} [activated] is told which row is active
 * @property {(event: MouseEvent, row: RowOf<Answer>, from: RowOf<Answer> | undefined) => unknown} [pressed] a
 *   row was pressed and is active; `from` was before
 * @property {(event: KeyboardEvent, from: RowOf<Answer> | undefined) => unknown} [leaves] a key is about to
 *   move from a row
 * @property {(event: KeyboardEvent) => unknown} [arrived] a key has moved
 * @property {(event: KeyboardEvent) => unknown} [otherKey] another key was pressed
 */

/**
 * @template Row
 * @typedef {{ row: Row, item: HTMLElement }} Drawn
 */

/**
 * @template {Rows} Answer
 * @param {HTMLElement} grid
 * @param {Source<Answer>} source
 * @param {AbortSignal} signal
 */
export function virtualList(grid, source, signal) {
  const body = part(grid, '.grid-rows')
  const head = part(grid, '.grid-head')
  // Space for the rows that aren't drawn. An SVG has a height without inline styles.
  const before = find(grid, '.grid-before', SVGSVGElement)
  const behind = find(grid, '.grid-behind', SVGSVGElement)

  // Where the rows that scrolling asked for couldn't be read, it says so below the list.
  const box = cloneOne('rows-failure')
  grid.after(box)
  const tell = (/** @type {unknown} */ error) => {
    box.hidden = error === null
    if (error !== null) {
      const { sentence, next } = asFailure(error)
      part(box, '.banner-sentence').textContent = sentence
      part(box, '.banner-next').textContent = next
    }
  }
  const readOn = () => follow(refresh, tell)
  button(box, 'read-rows').addEventListener('click', () => void readOn(), { signal })

  let total = 0
  let active = -1
  let asked = 0
  /** @type {Answer | null} */
  let answer = null
  /** @type {Map<number, Drawn<RowOf<Answer>>>} */
  let drawn = new Map()

  const idOf = (/** @type {number} */ place) => `${source.name}-row-${place}`
  const offset = () => answer?.offset ?? 0
  /** @returns {RowOf<Answer> | undefined} */
  const rowAt = (/** @type {number} */ place) => answer?.rows[place - answer.offset]
  const sight = () => {
    const headHeight = head.getBoundingClientRect().height
    // The row height isn't known before the first rows are drawn; a heading isn't taller.
    const rowHeight = body.firstElementChild?.getBoundingClientRect().height ?? headHeight
    return { top: grid.scrollTop, height: grid.clientHeight - headHeight, rowHeight, total }
  }

  /** Requests and draws the visible rows; an outdated response is dropped, whether successful or not. */
  async function refresh() {
    const { first, count } = inSight({ ...sight(), total: total || 1 })
    const mine = ++asked
    const unwanted = () => mine !== asked || signal.aborted
    const rows = await source.rows(first, Math.max(count, 1)).catch((error) => {
      // The step was left before the rows arrived, so they are no longer needed.
      if (unwanted() || asFailure(error).kind === 'cancelled') {
        return null
      }
      throw error
    })
    if (rows === null || unwanted()) {
      return
    }
    const grown = rows.total !== total
    answer = rows
    total = rows.total
    active = Math.min(active, total - 1)
    tell(null)
    const { top, rowHeight } = sight()
    draw(rows, rowHeight)
    // The page is laid out only here, once, after all writes. While rows are replaced, the list is
    // briefly shorter, which scrolls it near its end.
    if (grid.scrollTop !== top) {
      grid.scrollTop = top
    }
    const wanted = inSight(sight())
    if (grown && (wanted.first < rows.offset || wanted.count > rows.rows.length)) {
      await refresh()
    }
  }

  /**
   * @param {Answer} rows
   * @param {number} rowHeight
   */
  function draw(rows, rowHeight) {
    const after = Math.max(0, total - rows.offset - rows.rows.length)
    before.setAttribute('height', String(rows.offset * rowHeight))
    behind.setAttribute('height', String(after * rowHeight))
    grid.setAttribute('aria-rowcount', String(total + 1))
    drawRows(rows)
    mark()
    source.drawn(rows)
  }

  /**
   * Draws the rows. A row that is still visible keeps its element, and the others reuse free elements,
   * so that a key that changes nothing costs nothing and one that changes everything costs little.
   *
   * @param {Answer} answer
   */
  function drawRows({ offset, rows }) {
    const keys = new Set(rows.map(source.identity))
    const old = drawn
    const free = [...old].flatMap(([key, each]) => (keys.has(key) ? [] : [each]))
    const kept = old.size - free.length
    for (const { item } of kept > 0 ? free : free.slice(rows.length)) {
      item.remove()
    }
    drawn = new Map()
    let next = body.firstElementChild
    for (const [index, row] of rows.entries()) {
      const key = source.identity(row)
      const item = source.item(row, old.get(key) ?? free.shift())
      drawn.set(key, { row, item })
      placeAt(item, offset + index)
      if (item === next) {
        next = item.nextElementSibling
      } else {
        body.insertBefore(item, next)
      }
    }
  }

  /**
   * Sets a row's position in the list.
   *
   * @param {HTMLElement} item
   * @param {number} place
   */
  function placeAt(item, place) {
    if (item.id !== idOf(place)) {
      item.id = idOf(place)
      item.setAttribute('aria-rowindex', String(place + 2))
    }
  }

  function mark() {
    for (const row of body.children) {
      row.toggleAttribute('data-active', row.id === idOf(active))
    }
    if (rowAt(active)) {
      grid.setAttribute('aria-activedescendant', idOf(active))
    } else {
      grid.removeAttribute('aria-activedescendant')
    }
    source.activated?.(rowAt(active))
  }

  /** @param {number} place */
  async function goTo(place) {
    active = place
    grid.scrollTop = scrolledTo(place, sight())
    // The response may have been superseded by one for the scroll event.
    for (let tries = 0; tries < TRIES && active === place && !rowAt(place); tries++) {
      if (!await readOn()) {
        break
      }
    }
    mark()
  }

  /** @param {KeyboardEvent} event */
  async function key(event) {
    if (event.target !== grid || event.altKey) {
      return
    }
    const to = moved(event.key, active, total, page(sight()))
    const command = event.ctrlKey || event.metaKey
    if (to !== null && !(command && event.key.startsWith('Arrow'))) {
      event.preventDefault()
      source.leaves?.(event, rowAt(active))
      await goTo(to)
      await source.arrived?.(event)
    } else {
      await source.otherKey?.(event)
    }
  }

  /** @param {MouseEvent} event */
  async function press(event) {
    const item = event.target instanceof Element ? event.target.closest('.grid-row') : null
    const found = [...drawn.values()].find((each) => each.item === item)
    if (found) {
      const from = rowAt(active)
      active = Number(found.item.id.slice(idOf(0).length - 1))
      mark()
      await source.pressed?.(event, found.row, from)
    }
  }

  let frame = 0
  grid.addEventListener('scroll', () => {
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(() => void readOn())
  }, { signal })
  grid.addEventListener('keydown', (event) => void key(event), { signal })
  grid.addEventListener('focus', () => {
    if (active < 0 && total > 0) {
      // Rows drawn above the visible area aren't the first visible ones.
      void goTo(Math.min(offset() + (offset() > 0 ? 8 : 0), total - 1))
    }
  }, { signal })
  body.addEventListener('click', (event) => void press(event), { signal })
  const resized = new ResizeObserver(() => void readOn())
  resized.observe(grid)
  resized.observe(head)
  signal.addEventListener('abort', () => resized.disconnect())

  return {
    refresh,
    /** The active row, if it is drawn. */
    active: () => rowAt(active),
    /** Waits for the active row, to which a fast key may have moved before it was requested. */
    arrive: async () => {
      if (active >= 0 && !rowAt(active)) {
        await goTo(active)
      }
      return rowAt(active)
    },
    /** Redraws the current rows. */
    redraw: () => {
      if (answer) {
        drawRows(answer)
        source.drawn(answer)
      }
    },
    /** Shows different rows from the start, with none of them active. */
    restart: async () => {
      active = -1
      grid.scrollTop = 0
      await refresh()
    },
    /** @param {number} place the first row in sight */
    scrollTo: (place) => {
      grid.scrollTop = place * sight().rowHeight
    }
  }
}
