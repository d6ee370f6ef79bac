/**
 * Notices and verdicts: a tone, a sentence and what to do.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { RecoveryOptions } from '../frame/screen.js'
 */
import { fillList, find, icon, make, part } from './dom.js'
import { cloneOne } from './template.js'
import { texts } from '../texts/index.js'

const icons = { good: 'check', bad: 'cross', wait: 'warn', plain: 'info' }

/**
 * Sets an icon for a tone, with alternative text for people who can't see it.
 *
 * @param {SVGElement} svg
 * @param {Wire.Tone} tone
 * @param {string} [words]
 */
export function toneIcon(svg, tone, words = texts.tones[tone]) {
  find(svg, 'use', SVGUseElement).setAttribute('href', `#icon-${icons[tone]}`)
  svg.removeAttribute('aria-hidden')
  svg.setAttribute('role', 'img')
  svg.setAttribute('aria-label', words)
}

/**
 * Sets a banner's color. The icon has a word for people who can't see it.
 *
 * @param {HTMLElement} banner
 * @param {Wire.Tone} tone
 */
export function setTone(banner, tone) {
  banner.dataset.tone = tone
  toneIcon(find(banner, 'svg', SVGSVGElement), tone)
}

/**
 * @param {HTMLElement} banner
 * @param {string} sentence
 * @param {string | null} next
 */
function setWords(banner, sentence, next) {
  part(banner, '.banner-sentence').textContent = sentence
  part(banner, '.banner-next').textContent = next ?? ''
  part(banner, '.banner-next').hidden = !next
}

/** @param {Wire.Notice} told */
export function notice(told) {
  const banner = cloneOne('notice')
  setTone(banner, told.tone)
  setWords(banner, told.sentence, told.next)
  return banner
}

/**
 * @param {HTMLElement} banner
 * @param {readonly string[]} causes
 */
export function setCauses(banner, causes) {
  fillList(part(banner, '.banner-causes'), causes)
  part(banner, '.banner-causes-title').hidden = causes.length === 0
}

/**
 * Adds a button for each recovery option that leads somewhere from here.
 *
 * @param {HTMLElement} buttons
 * @param {readonly Wire.RecoveryOption[]} ways
 * @param {RecoveryOptions} recoveryOptions
 */
export function setRecoveryOptions(buttons, ways, recoveryOptions) {
  buttons.replaceChildren(...ways.flatMap((way) => {
    const known = recoveryOptions[way]
    if (!known) {
      return []
    }
    const button = make('button', known.label ?? texts.failure.recoveryOptions[way], 'button')
    button.type = 'button'
    button.dataset.recoveryOption = way
    button.addEventListener('click', known.act)
    return [button]
  }))
  buttons.hidden = buttons.childElementCount === 0
}

/**
 * @param {Wire.Verdict} verdict
 * @param {RecoveryOptions} recoveryOptions
 */
export function verdictBanner(verdict, recoveryOptions) {
  const banner = cloneOne('verdict')
  setTone(banner, verdict.tone)
  setWords(banner, verdict.sentence, verdict.next)
  setCauses(banner, verdict.causes)
  setRecoveryOptions(part(banner, '.buttons'), verdict.recoveryOptions, recoveryOptions)
  return banner
}

/**
 * A few words with the icon and color of a tone.
 *
 * @param {Wire.Tone} tone
 * @param {string} words
 */
export function toneTag(tone, words) {
  const tag = make('span', '', 'tag result-tag')
  tag.dataset.tone = tone
  tag.append(icon(icons[tone]), make('span', words))
  tag.title = words
  return tag
}
