/**
 * Names inside sentences. One that is written from right to left is isolated, so that the words and
 * numbers after it keep their order.
 */

/** Letters of scripts that are written from right to left. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u

/**
 * Returns a name for use inside a sentence: between a First Strong Isolate and a Pop Directional
 * Isolate if it has right-to-left letters.
 *
 * @param {string} name
 */
export const isolated = (name) => RIGHT_TO_LEFT.test(name) ? `\u2068${name}\u2069` : name

/**
 * Returns a catalogue whose texts isolate every name that they take.
 *
 * @template T
 * @param {T} texts
 * @returns {T}
 */
export function isolatingNames(texts) {
  /** @type {unknown} */
  let isolating = texts
  if (typeof texts === 'function') {
    isolating = (/** @type {unknown[]} */ ...values) => texts(...values.map(isolatedValue))
  } else if (Array.isArray(texts)) {
    isolating = texts.map(isolatingNames)
  } else if (typeof texts === 'object' && texts !== null) {
    isolating = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, isolatingNames(text)]))
  }
  return /** @type {T} */ (isolating)
}

/**
 * @param {unknown} value
 * @returns {unknown}
 */
function isolatedValue(value) {
  if (Array.isArray(value)) {
    return value.map(isolatedValue)
  }
  return typeof value === 'string' ? isolated(value) : value
}
