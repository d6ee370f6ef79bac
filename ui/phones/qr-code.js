/**
 * The card with a phone's QR code.
 *
 * @import { Context } from '../frame/screen.js'
 * @import { Shown } from './value-rows.js'
 */
import { qrAddress } from './qr-address.js'
import { qrPicture } from './qr-picture.js'

/**
 * A card that may have a code on the screen.
 *
 * @typedef {object} QrCode
 * @property {() => void} leave hides the code, and stops what it leads to
 */

/**
 * @param {HTMLElement} card
 * @param {Shown} shown
 * @param {Context} context
 * @returns {QrCode}
 */
export function qrCode(card, { choice, page }, context) {
  const { qr } = page
  card.dataset.kind = qr?.kind ?? ''
  if (qr === null) {
    return { leave: () => {} }
  }
  return qr.kind === 'address'
    ? qrAddress(card, { choice, qr }, context)
    : qrPicture(card, { choice, page, qr }, context)
}
