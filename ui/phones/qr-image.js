/**
 * Draws a QR code, and counts down while it is on the screen.
 *
 * @import * as Wire from '../ipc/types.js'
 */
import { texts } from '../texts/all.js'
import { clock } from '../parts/format.js'
import { makeSvg, part } from '../parts/dom.js'

/**
 * Draws dark on white in every color scheme, because cameras read nothing else reliably.
 *
 * @param {HTMLElement} place
 * @param {Wire.QrDrawing} drawing
 */
export function drawImage(place, { side, path }) {
  const image = makeSvg('svg', { viewBox: `0 0 ${side} ${side}`, 'shape-rendering': 'crispEdges', 'aria-hidden': 'true' })
  image.append(
    makeSvg('path', { fill: '#fff', d: `M0 0h${side}v${side}H0z` }),
    makeSvg('path', { fill: '#000', d: path }))
  place.replaceChildren(image)
}

/**
 * Shows the time that is left, until the signal is aborted.
 *
 * @param {HTMLElement} root
 * @param {number} seconds
 * @param {AbortSignal} signal
 * @param {() => void} [onEnd] called when the time is over
 */
export function countDown(root, seconds, signal, onEnd = () => {}) {
  const end = Date.now() + seconds * 1000
  const left = part(root, '[data-part="left"]')
  const draw = () => {
    const rest = Math.max(0, Math.ceil((end - Date.now()) / 1000))
    left.textContent = texts.qrCode.left(String(Math.floor(rest / 60)), String(rest % 60).padStart(2, '0'))
  }
  part(root, '[data-part="until"]').textContent = texts.qrCode.until(clock(end))
  draw()
  const timer = setInterval(draw, 1000)
  const over = setTimeout(onEnd, seconds * 1000)
  signal.addEventListener('abort', () => {
    clearInterval(timer)
    clearTimeout(over)
    left.textContent = ''
  }, { once: true })
}
