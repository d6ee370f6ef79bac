/**
 * A picture of the connection: its endpoints, and the lines between them.
 *
 * @import * as Wire from '../ipc/types.js'
 */
import { find, icon, part } from '../parts/dom.js'
import { cloneOne } from '../parts/template.js'

/**
 * A place at the end of a wire.
 *
 * @typedef {object} Place
 * @property {string} icon
 * @property {string} name
 * @property {string} hint
 * @property {Wire.Tone} tone
 */

/**
 * What lies between two places: `moves` while something is on its way.
 *
 * @typedef {object} Between
 * @property {Wire.Tone | 'moves'} tone
 * @property {string} [mark] a few words on the wire
 */

/**
 * Draws the places in their order, with a wire behind each but the last one.
 *
 * @param {HTMLElement} root
 * @param {readonly Place[]} places
 * @param {readonly Between[]} wires
 */
export function drawRoute(root, places, wires) {
  root.replaceChildren(...places.flatMap((place, index) => {
    const wire = wires[index]
    return wire ? [drawnPlace(place), drawnWire(wire)] : [drawnPlace(place)]
  }))
}

/** @param {Place} place */
function drawnPlace(place) {
  const element = cloneOne('route-place')
  element.dataset.tone = place.tone
  find(element, 'use', SVGUseElement).setAttribute('href', `#icon-${place.icon}`)
  part(element, '.place-name').textContent = place.name
  part(element, '.hint').textContent = place.hint
  return element
}

/** @param {Between} between */
function drawnWire({ tone, mark }) {
  const element = cloneOne('wire')
  const sign = part(element, '.wire-mark')
  element.dataset.tone = tone
  if (mark !== undefined) {
    sign.textContent = mark
    sign.hidden = false
  } else if (tone === 'good' || tone === 'bad') {
    sign.append(icon(tone === 'good' ? 'check' : 'cross'))
    sign.hidden = false
  }
  return element
}
