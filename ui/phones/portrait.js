/**
 * Draws phones as small line drawings: desk phones by their maker, everything else by its letters.
 *
 * @import * as Wire from '../ipc/types.js'
 */
import { makeSvg } from '../parts/dom.js'

/**
 * A shape: the name of an element, its attributes, and its class.
 *
 * @typedef {[kind: 'rect' | 'path' | 'circle', attributes: Record<string, string | number>, name?: string]} Shape
 */

/**
 * @param {number} x
 * @param {number} y
 * @param {number} width
 * @param {number} height
 * @param {number} rx
 * @param {string} name
 * @returns {Shape}
 */
const rect = (x, y, width, height, rx, name) => ['rect', { x, y, width, height, rx }, name]

/**
 * @param {string} d
 * @param {string} [name]
 * @returns {Shape}
 */
const path = (d, name) => name ? ['path', { d }, name] : ['path', { d }]

/** @type {Shape[]} */
const DESK = [
  rect(6, 13, 36, 28, 3.5, 'face'), rect(9, 7, 9.5, 32, 4.7, 'face'), rect(22, 17, 16, 10, 1.5, 'glass'),
  path('M24 32v.1M30 32v.1M36 32v.1M24 36.5v.1M30 36.5v.1M36 36.5v.1')
]

/** @type {Partial<Record<string, Shape[]>>} */
const BY_MAKER = {
  Poly: [
    path('M8 14h31a3 3 0 0 1 3 3l-2 21a3 3 0 0 1-3 3H11a3 3 0 0 1-3-3z', 'face'),
    path('M8 10.5a4 4 0 0 1 8 0v26a4 4 0 0 1-8 0z', 'face'), rect(20, 18, 18, 12, 1.5, 'glass'), path('M22 36h14')
  ],
  Grandstream: [
    rect(5, 11, 38, 30, 3, 'face'), rect(8.5, 8, 8.5, 30, 4.2, 'face'), rect(21, 15, 18, 8, 1.5, 'glass'),
    path('M22.5 28h4M29 28h4M22.5 32.5h4M29 32.5h4M22.5 37h4M29 37h4M37 28v9')
  ],
  Cisco: [
    rect(6, 10, 36, 31, 3, 'face'), path('M9 11.5c0-3 8-3 8 0v25c0 3-8 3-8 0z', 'face'),
    rect(21, 14, 14, 11, 1, 'glass'), ['circle', { cx: 28, cy: 33, r: 4.5 }], path('M39 15v9')
  ],
  Snom: [
    path('M6 15.5L42 11v30H6z', 'face'), rect(9, 9, 8.5, 29, 4.2, 'face'), rect(21, 17, 17, 9, 1.5, 'glass'),
    path('M23 31v.1M29 31v.1M35 31v.1M23 36v.1M29 36v.1M35 36v.1')
  ],
  Fanvil: [
    rect(5, 13, 38, 27, 5, 'face'), rect(8.5, 8, 9, 31, 4.5, 'face'), rect(21, 17, 18, 13, 1.5, 'glass'),
    path('M23 35.5h14')
  ],
  Gigaset: [
    rect(16, 4, 16, 37, 6, 'face'), rect(19.5, 10, 9, 9, 1.5, 'glass'),
    path('M21 25v.1M24 25v.1M27 25v.1M21 30v.1M24 30v.1M27 30v.1M24 35v.1M13 38v3.5h22V38')
  ]
}

/** @type {Shape} */
const APP = rect(7, 7, 34, 34, 9, 'face')

/** @type {Shape[]} */
const SYSTEM = [rect(8, 6, 32, 25, 4, 'face'), rect(8, 34, 32, 8, 2.5, 'face'), path('M13 38v.1M18 38v.1')]

/** @param {Pick<Wire.PhoneRow, 'maker' | 'name' | 'kind'>} phone */
export function portrait({ maker, name, kind }) {
  if (kind === 'desk') {
    return drawing(BY_MAKER[maker] ?? DESK)
  }
  const svg = drawing(kind === 'system' ? SYSTEM : [APP])
  const text = makeSvg('text', { x: 24, y: kind === 'system' ? 24.5 : 30, 'text-anchor': 'middle' })
  text.textContent = lettersOf(name)
  svg.append(text)
  return svg
}

/** Draws a phone that isn't listed. */
export const unknownPortrait = () =>
  drawing([APP, path('M19.5 19a4.7 4.7 0 1 1 7 4.3c-1.7 1-2.5 2-2.5 3.9M24 33v.1')])

/**
 * Returns at most two letters: the capitals of a name, or its beginning.
 *
 * @param {string} name
 */
export function lettersOf(name) {
  const capitals = name.replace(/[^\p{Lu}\p{N}]/gu, '').slice(0, 2)
  return capitals.length > 1 ? capitals : [...name].slice(0, 2).join('')
}

/** @param {readonly Shape[]} shapes */
function drawing(shapes) {
  const svg = makeSvg('svg', { class: 'portrait', viewBox: '0 0 48 48', 'aria-hidden': 'true' })
  svg.append(...shapes.map(([kind, attributes, name]) => makeSvg(kind, name ? { ...attributes, class: name } : attributes)))
  return svg
}
