/** Numbers, counted things, and durations, in English; digits are grouped as the person's locale does it. */
import { personLocale } from './locale.js'

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/**
 * Returns how numbers are written in a locale.
 *
 * @param {string} locale such as `de-CH`
 */
export function numbersIn(locale) {
  const latin = new Intl.Locale(locale, { numberingSystem: 'latn' })
  const whole = new Intl.NumberFormat(latin)
  const tenths = new Intl.NumberFormat(latin, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  return {
    number: (/** @type {number} */ value) => whole.format(value),
    /** With one digit behind the mark. */
    decimal: (/** @type {number} */ value) => tenths.format(value)
  }
}

const numbers = numbersIn(personLocale)

export const number = (/** @type {number} */ value) => numbers.number(value)

/** A number with one digit behind the mark. */
export const decimal = (/** @type {number} */ value) => numbers.decimal(value)

const rules = new Intl.PluralRules('en')

/**
 * Returns the whole text that goes with a count.
 *
 * @param {number} count
 * @param {{ one: string, other: string }} texts
 */
export const plural = (count, { one, other }) => (rules.select(count) === 'one' ? one : other)

const facts = new Intl.ListFormat('en', { type: 'unit', style: 'short' })

/** Lists facts that stand beside each other, such as `3 created, 4 to go`. */
export const list = (/** @type {readonly string[]} */ parts) => facts.format(parts)

/**
 * Returns a duration as people say it, by its two largest units.
 *
 * @param {number} seconds
 */
export function duration(seconds) {
  const whole = Math.floor(Math.max(0, seconds))
  const days = Math.floor(whole / DAY)
  const hours = Math.floor(whole / HOUR) % 24
  const minutes = Math.floor(whole / MINUTE) % 60
  const rest = whole % MINUTE
  const units = [
    days > 0 && plural(days, { one: '1 day', other: `${number(days)} days` }),
    hours > 0 && plural(hours, { one: '1 hour', other: `${number(hours)} hours` }),
    minutes > 0 && plural(minutes, { one: '1 minute', other: `${number(minutes)} minutes` }),
    (rest > 0 || whole === 0) && plural(rest, { one: '1 second', other: `${number(rest)} seconds` })
  ]
  return list(units.filter((unit) => unit !== false).slice(0, 2))
}
