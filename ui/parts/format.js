/** Formats times. */
import { personLocale } from '../texts/locale.js'
import { texts } from '../texts/index.js'

const DAY = 86_400_000

/**
 * Returns formatters for times: in the language of the texts, with a locale's clock and calendar.
 *
 * @param {string} locale the person's, such as `de-CH`
 */
export function timesIn(locale) {
  const { region = 'US' } = new Intl.Locale(locale).maximize()
  const inTexts = `${texts.time.language}-${region}`
  const { hourCycle } = new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions()
  const hour = hourCycle?.startsWith('h2') ? '2-digit' : 'numeric'
  const minutes = new Intl.DateTimeFormat(inTexts, { hour, minute: '2-digit', hourCycle })
  const seconds = new Intl.DateTimeFormat(inTexts, { hour, minute: '2-digit', second: '2-digit', hourCycle })
  const day = new Intl.DateTimeFormat(inTexts, { weekday: 'long', day: 'numeric', month: 'long' })
  return {
    /**
     * Formats when something happened, by day and time of day.
     *
     * @param {number} at milliseconds since 1970
     * @param {number} now milliseconds since 1970
     */
    when: (at, now) => {
      const clock = minutes.format(at)
      const days = Math.round((midnight(now) - midnight(at)) / DAY)
      if (days === 0) {
        return texts.time.today(clock)
      }
      return days === 1 ? texts.time.yesterday(clock) : texts.time.on(day.format(at), clock)
    },
    /**
     * Returns the time of day to the minute, rounded down.
     *
     * @param {number} at milliseconds since 1970
     */
    timeOfDay: (at) => minutes.format(at),
    /**
     * Returns the time of day to the second.
     *
     * @param {number} at milliseconds since 1970
     */
    clock: (at) => seconds.format(at)
  }
}

/** @param {number} at */
const midnight = (at) => new Date(at).setHours(0, 0, 0, 0)

const times = timesIn(personLocale)

/** Formats when something happened in the person's locale; see `timesIn`. */
export const when = (/** @type {number} */ at, /** @type {number} */ now) => times.when(at, now)

/** Returns the time of day to the minute, for the person. */
export const timeOfDay = (/** @type {number} */ at) => times.timeOfDay(at)

/** Returns the time of day to the second, for the person. */
export const clock = (/** @type {number} */ at) => times.clock(at)

/**
 * Formats a short duration, with one decimal below 10 ms.
 *
 * @param {number} ms
 */
export const milliseconds = (ms) => texts.time.took(ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms))
