/**
 * The history of a repeated check: its results, and when they changed.
 *
 * @import { Tone, WatchTick } from '../ipc/types.js'
 */

/** How many checks are kept; the strip never has more marks. */
const KEPT = 200

/** How many changes are kept. */
const CHANGES = 10

/**
 * @typedef {object} Seen
 * @property {readonly WatchTick[]} looks the newest last
 * @property {number} count of all looks, also those that are kept no more
 * @property {Record<Tone, number>} tones how many looks had each tone
 * @property {number | null} since when the first look was, in milliseconds since 1970
 * @property {readonly WatchTick[]} changes looks whose tone was not that of the look before, the newest first
 */

/** @type {Seen} */
export const nothingSeen = {
  looks: [],
  count: 0,
  tones: { good: 0, bad: 0, wait: 0, plain: 0 },
  since: null,
  changes: []
}

/**
 * Adds a check.
 *
 * @param {Seen} seen
 * @param {WatchTick} look
 * @returns {Seen}
 */
export function withLook(seen, look) {
  const changed = seen.looks.at(-1)?.tone !== look.tone
  return {
    looks: [...seen.looks, look].slice(-KEPT),
    count: seen.count + 1,
    tones: { ...seen.tones, [look.tone]: seen.tones[look.tone] + 1 },
    since: seen.since ?? look.at,
    changes: changed ? [look, ...seen.changes].slice(0, CHANGES) : seen.changes
  }
}

/**
 * Returns the checks that fit into the strip, and how many precede them.
 *
 * @param {Seen} seen
 * @param {{ width: number, mark: number }} space the strip's width and the room of a mark with its gap
 */
export function fitting({ looks, count }, { width, mark }) {
  const room = Math.max(1, Math.floor(width / mark))
  const shown = looks.slice(-room)
  return { shown, earlier: count - shown.length }
}

/**
 * Parses the seconds between two checks; `null` if invalid.
 *
 * @param {string} typed
 */
export function secondsBetween(typed) {
  const text = typed.trim()
  const seconds = /^\d{1,4}$/.test(text) ? Number(text) : 0
  return seconds >= 5 && seconds <= 3600 ? seconds : null
}
