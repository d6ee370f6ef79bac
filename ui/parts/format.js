/** Times in words. */
import { texts } from '../texts/index.js'

const DAY = 86_400_000

/**
 * Says when something was, by day and time of day.
 *
 * @param {number} at milliseconds since 1970
 * @param {number} now milliseconds since 1970
 */
export function when(at, now) {
  const then = new Date(at)
  const clock = then.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
  const days = Math.round((midnight(now) - midnight(at)) / DAY)
  if (days === 0) {
    return texts.time.today(clock)
  }
  if (days === 1) {
    return texts.time.yesterday(clock)
  }
  const day = then.toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long' })
  return texts.time.on(day, clock)
}

/** @param {number} at */
const midnight = (at) => new Date(at).setHours(0, 0, 0, 0)

/**
 * The time of day to the second.
 *
 * @param {number} at milliseconds since 1970
 */
export const clock = (at) =>
  new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })

/**
 * A short time: two digits that count where it is below 10 ms.
 *
 * @param {number} ms
 */
export const milliseconds = (ms) => texts.time.took(ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms))
