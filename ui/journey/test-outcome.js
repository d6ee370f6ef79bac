/**
 * What a test found: one banner.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { RecoveryOptions } from '../frame/screen.js'
 */
import { part } from '../parts/dom.js'
import { cloneOne } from '../parts/template.js'
import { texts } from '../texts/all.js'
import { setCauses, setRecoveryOptions, setTone } from '../parts/banner.js'
import { milliseconds, timeOfDay } from '../parts/format.js'

/**
 * Returns the one thing to do after a test: what repairs it, or else to test again; `null` where nothing
 * is to be repaired.
 *
 * @param {Wire.Verdict} verdict
 * @returns {Wire.RecoveryOption | null}
 */
export function fixOf({ tone, recoveryOptions }) {
  if (tone === 'good' || (tone !== 'bad' && recoveryOptions.length === 0)) {
    return null
  }
  return recoveryOptions.find((option) => option !== 'try_again') ?? 'try_again'
}

/**
 * @param {Wire.CheckReport} report
 * @param {object} known
 * @param {number | null} known.at when it ended, where this window has seen that
 * @param {Wire.RecoveryOption | null} known.fix what the screen's own button does
 * @param {boolean} known.passwordKnown
 * @param {RecoveryOptions} recoveryOptions
 */
export function outcomeBanner({ verdict, wireMs }, { at, fix, passwordKnown }, recoveryOptions) {
  const words = texts.test
  const banner = cloneOne('test-outcome')
  const passed = verdict.tone === 'good'
  const proved = `${verdict.sentence} ${passwordKnown ? words.passedNext : words.passedByHash}`
  setTone(banner, verdict.tone)
  part(banner, '.banner-sentence').textContent = passed ? words.passed : verdict.sentence
  part(banner, '[data-part="proved"]').textContent = passed ? proved : ''
  part(banner, '[data-part="proved"]').hidden = !passed
  setCauses(banner, verdict.causes)
  part(banner, '.banner-next').textContent = verdict.next ?? ''
  part(banner, '.banner-next').hidden = !verdict.next
  const others = verdict.recoveryOptions.filter((option) => option !== fix && option !== 'try_again')
  setRecoveryOptions(part(banner, '[data-part="others"]'), others, recoveryOptions)
  part(banner, '[data-action="check-again"]').hidden = fix === 'try_again'
  part(banner, '[data-part="tested"]').textContent = tested(at, wireMs)
  return banner
}

/**
 * @param {number | null} at
 * @param {number} wireMs
 */
function tested(at, wireMs) {
  if (wireMs === 0) {
    return ''
  }
  const took = milliseconds(wireMs)
  return at === null ? texts.test.took(took) : texts.test.testedAt(timeOfDay(at), took)
}
