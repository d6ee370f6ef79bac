/**
 * Outgoing and incoming audio of a call: two bars and four readings.
 *
 * @import { LocalCallReading } from '../ipc/types.js'
 */
import { find, make, part } from '../parts/dom.js'
import { cloneOne } from '../parts/template.js'
import { milliseconds } from '../parts/format.js'
import { texts } from '../texts/all.js'
import { filled, rateLimit, levelWords, QUIETEST } from './meter-values.js'

/** Milliseconds between updates, normally and with reduced motion. */
const PAUSE = 200
const CALM_PAUSE = 1000

/** @param {HTMLElement} root */
export function meters(root) {
  const back = level(part(root, '[data-part="level-back"]'), texts.localCall.back)
  const sent = level(part(root, '[data-part="level-sent"]'), texts.localCall.sent)
  const readings = part(root, '[data-part="readings"]')
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches
  let mayDraw = rateLimit(0)

  const draw = (/** @type {LocalCallReading | null} */ reading) => {
    back(reading?.levelDb ?? null)
    sent(reading?.sentLevelDb ?? null)
    readings.replaceChildren(...pairs(reading).map(([name, value]) => {
      const pair = make('div')
      pair.append(make('dt', name), make('dd', value))
      return pair
    }))
  }

  return {
    clear: () => {
      mayDraw = rateLimit(calm ? CALM_PAUSE : PAUSE)
      draw(null)
    },
    /** @param {LocalCallReading} reading */
    set: (reading) => {
      if (mayDraw(performance.now())) {
        draw(reading)
      }
    }
  }
}

/**
 * @param {LocalCallReading | null} reading
 * @returns {[string, string][]}
 */
function pairs(reading) {
  const words = texts.localCall
  const none = words.notKnown
  return [
    [words.pitch, reading === null ? none : reading.pitchHz === null ? words.noPitch : words.hertz(Math.round(reading.pitchHz))],
    [words.lost, reading === null ? none : words.lostOf(reading.lost, reading.received + reading.lost)],
    [words.jitter, reading === null ? none : milliseconds(reading.jitterMs)],
    [words.roundTrip, reading === null || reading.roundTripMs === null ? none : milliseconds(reading.roundTripMs)]
  ]
}

/**
 * @param {HTMLElement} place
 * @param {string} name
 */
function level(place, name) {
  place.replaceChildren(cloneOne('level'))
  const bar = find(place, 'svg', SVGSVGElement)
  const fill = find(bar, '.level-fill', SVGRectElement)
  const value = part(place, '.level-value')
  part(place, '.level-name').textContent = name
  bar.setAttribute('aria-label', name)

  return (/** @type {number | null} */ levelDb) => {
    const words = levelWords(levelDb)
    value.textContent = words
    bar.setAttribute('aria-valuenow', String(Math.round(Math.min(0, Math.max(QUIETEST, levelDb ?? QUIETEST)))))
    bar.setAttribute('aria-valuetext', words)
    fill.setAttribute('width', String(filled(levelDb)))
  }
}
