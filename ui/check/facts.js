/**
 * The evidence of a check, as names and values.
 *
 * @import * as Wire from '../ipc/types.js'
 */
import { fillList, icon, make, part } from '../parts/dom.js'
import { milliseconds } from '../parts/format.js'
import { texts } from '../texts/all.js'
import { toneIcon } from '../parts/banner.js'

/**
 * @param {HTMLElement} root
 * @param {Wire.CheckReport} report
 */
export function drawFacts(root, report) {
  const words = texts.check
  const { path } = report
  part(root, '[data-part="facts-card"]').hidden = false
  fillList(part(root, '[data-part="evidence"]'), report.evidence)
  part(root, '[data-part="facts"]').replaceChildren(
    ...value(words.askedAt, report.target),
    ...value(words.acceptedAs, report.acceptedUserName),
    ...value(words.seenAs, seenAs(report)),
    ...said(words.nat, path && [path.nat.sentence, path.nat.next].filter(Boolean).join(' '), path?.nat.tone ?? 'plain'),
    ...said(words.alg, path && path.alg, 'wait'),
    ...value(words.took, report.wireMs > 0 ? milliseconds(report.wireMs) : null),
    ...said(words.ownBinding, report.unregistered, 'plain'))
}

/** @param {Wire.CheckReport} report */
function seenAs({ path, seenAs: seen }) {
  const address = path?.seenAs ?? seen
  return address !== null && path ? texts.check.seenAsFrom(address, path.local) : address ?? path?.local ?? null
}

/**
 * @param {string} name
 * @param {string | null} text
 */
const value = (name, text) => (text ? [make('dt', name), make('dd', text)] : [])

/**
 * A sentence, with an icon if it needs attention.
 *
 * @param {string} name
 * @param {string | null} sentence
 * @param {Wire.Tone} tone
 */
function said(name, sentence, tone) {
  if (!sentence) {
    return []
  }
  const cell = make('dd', '', 'words')
  cell.dataset.tone = tone
  if (tone === 'wait' || tone === 'bad') {
    const sign = icon('info')
    toneIcon(sign, tone)
    cell.append(sign)
  }
  // A paragraph, because WebKit doesn't expose a span in a flex row to screen readers.
  cell.append(make('p', sentence))
  return [make('dt', name), cell]
}
