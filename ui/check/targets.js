/**
 * The registrar's addresses, in the order they were tried.
 *
 * @import * as Wire from '../ipc/types.js'
 */
import { part } from '../parts/dom.js'
import { cloneOne } from '../parts/template.js'
import { setTone } from '../parts/banner.js'

/**
 * A single address that answered isn't listed, because it is already among the facts.
 *
 * @param {HTMLElement} root
 * @param {readonly Wire.TargetView[]} targets
 */
export function drawTargets(root, targets) {
  part(root, '[data-part="targets-card"]').hidden =
    targets.length < 2 && !targets.some(({ tone }) => tone === 'bad' || tone === 'wait')
  part(root, '[data-part="targets"]').replaceChildren(...targets.map((target) => {
    const row = cloneOne('target')
    setTone(row, target.tone)
    part(row, 'code').textContent = target.address
    part(row, '.tag').textContent = target.transport.toUpperCase()
    part(row, '.hint').textContent = target.source
    part(row, '.target-outcome').textContent = target.outcome
    return row
  }))
}
