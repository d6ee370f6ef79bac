/** Values of a call's meters, as percentages and words. */
import { texts } from '../texts/all.js'

/** The lowest level that the bar shows, in dBFS. */
export const QUIETEST = -60

/**
 * Returns how much of the bar is filled, from 0 to 100.
 *
 * @param {number | null} levelDb dBFS; `null` where nothing was heard
 */
export function filled(levelDb) {
  if (levelDb === null || Number.isNaN(levelDb)) {
    return 0
  }
  return Math.round(100 * Math.min(1, Math.max(0, (levelDb - QUIETEST) / -QUIETEST)))
}

/**
 * @param {number | null} levelDb
 */
export function levelWords(levelDb) {
  if (levelDb === null || Number.isNaN(levelDb)) {
    return texts.localCall.nothingYet
  }
  if (levelDb <= QUIETEST) {
    return texts.localCall.silent
  }
  return texts.localCall.level(String(Math.round(levelDb)).replace('-', '−'))
}

/**
 * A rate limiter, so that a meter doesn't flicker: passes at most one value per interval.
 *
 * @param {number} pause milliseconds
 */
export function rateLimit(pause) {
  let opens = -Infinity
  /** @param {number} now milliseconds */
  return (now) => {
    if (now < opens) {
      return false
    }
    opens = now + pause
    return true
  }
}
