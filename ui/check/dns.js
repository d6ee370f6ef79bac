/**
 * Compares the account's DNS records with this computer's DNS. Differences are expanded.
 *
 * @import * as Wire from '../ipc/types.js'
 */
import { make, part } from '../parts/dom.js'
import { cloneOne } from '../parts/template.js'
import { texts } from '../texts/all.js'
import { setTone } from '../parts/banner.js'
import { sideBySide } from './dns-rows.js'

/**
 * @param {HTMLElement} root
 * @param {readonly Wire.DnsView[]} names
 */
export function drawDns(root, names) {
  part(root, '[data-part="dns-card"]').hidden = names.length === 0
  part(root, '[data-part="dns"]').replaceChildren(...names.map((each) => {
    const row = cloneOne('dns-row')
    setTone(row, each.tone)
    row.toggleAttribute('open', each.tone === 'bad' || each.tone === 'wait')
    part(row, '.dns-sentence').textContent = each.sentence
    part(row, '.hint').textContent = `${each.name} (${each.kind})`
    part(row, 'tbody').replaceChildren(...sideBySide(each.account, each.here).map(recordRow))
    return row
  }))
}

/** @param {ReturnType<typeof sideBySide>[number]} row */
function recordRow({ account, here }) {
  const line = make('tr')
  line.append(...[account, here].map((record) =>
    make('td', record ?? texts.check.dnsMissing, record === null ? 'missing' : 'value')))
  return line
}
