/** Calculations for a list that draws only the visible rows. */

/**
 * @typedef {object} Sight
 * @property {number} top how far it is scrolled, in pixels
 * @property {number} height how much of it is seen, in pixels
 * @property {number} rowHeight in pixels
 * @property {number} total how many rows there are
 */

/** How many rows are drawn above and below the visible ones, so that small scrolls show no gap. */
const SPARE = 8

/** Maximum number of rows drawn, whatever the heights are. */
const MOST = 200

/**
 * Returns the first row to draw, and how many.
 *
 * @param {Sight} sight
 */
export function inSight({ top, height, rowHeight, total }) {
  if (!(rowHeight > 0) || total <= 0) {
    return { first: 0, count: 0 }
  }
  const seen = Math.min(Math.ceil(Math.max(height, 0) / rowHeight) + 1, MOST - 2 * SPARE)
  const last = Math.max(0, total - seen)
  const at = Math.min(Math.max(0, Math.floor(top / rowHeight)), last)
  const first = Math.max(0, at - SPARE)
  return { first, count: Math.min(total, at + seen + SPARE) - first }
}

/**
 * Returns the number of completely visible rows, which is the page size.
 *
 * @param {Sight} sight
 */
export const page = ({ height, rowHeight }) => Math.max(1, Math.floor(height / rowHeight) - 1)

/**
 * Returns the row that a key moves to, or `null` if it doesn't move.
 *
 * @param {string} key as the event names it
 * @param {number} at the row before; -1 where there was none
 * @param {number} total
 * @param {number} step rows of a page
 */
export function moved(key, at, total, step) {
  /** @type {Record<string, number>} */
  const to = {
    ArrowDown: at + 1,
    ArrowUp: at < 0 ? 0 : at - 1,
    PageDown: Math.max(at, 0) + step,
    PageUp: at - step,
    Home: 0,
    End: total - 1
  }
  const row = to[key]
  return row === undefined || total === 0 ? null : Math.min(Math.max(row, 0), total - 1)
}

/**
 * Returns the scroll position that makes a row completely visible; unchanged if it already is.
 *
 * @param {number} row
 * @param {Sight} sight
 */
export function scrolledTo(row, { top, height, rowHeight }) {
  const start = row * rowHeight
  if (start < top) {
    return start
  }
  return start + rowHeight > top + height ? Math.max(0, start + rowHeight - height) : top
}
