/**
 * A code that holds the settings themselves. With the password in it, the image is the password: it is
 * on the screen for a minute at most, while its page is open and in front, and is never printed.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context } from '../frame/screen.js'
 * @import { QrCode } from './qr-code.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, find, input, make, part } from '../parts/dom.js'
import { clone } from '../parts/template.js'
import { texts } from '../texts/all.js'
import { showInFront } from '../frame/in-front.js'
import { note } from './note.js'
import { countDown, drawImage } from './qr-image.js'

const SECONDS = 60

/**
 * @param {HTMLElement} card
 * @param {{ choice: Wire.PhoneChoice, page: Wire.PhonePage, qr: Wire.PhoneQr }} shown
 * @param {Context} context
 * @returns {QrCode}
 */
export function qrPicture(card, { choice, page, qr }, context) {
  const { signal } = context
  const words = texts.qrCode
  card.replaceChildren(clone('qr-picture'))
  const isCloud = qr.kind === 'cloud_id'
  const reveal = button(card, 'reveal-qr-code')
  const image = part(card, '[data-part="image"]')
  const withPassword = input(card, '#with-password')

  part(card, 'h2').textContent = isCloud ? words.cloudTitle : words.pictureTitle
  part(card, '[data-part="lead"]').hidden = !isCloud
  part(card, '[data-part="lead"]').textContent = isCloud ? words.cloudLead : ''
  part(card, '[data-part="cloud"]').hidden = !isCloud
  part(card, '[data-part="scan-steps"]').append(...qr.scan.map((name) => make('li', note(name))))
  reveal.textContent = words.reveal

  const unknown = page.passwordLength === null
  withPassword.disabled = unknown
  const refusal = qr.refusal?.sentence ?? (unknown && !isCloud ? words.needsPassword : null)
  part(card, '[data-part="problem"]').hidden = refusal === null
  part(card, '[data-part="problem"]').textContent = refusal ?? ''
  part(card, '[data-part="reveal-form"]').hidden = refusal !== null
  const warn = () => {
    part(card, '[data-part="secret"]').hidden = isCloud && !withPassword.checked
  }
  warn()

  let minute = new AbortController()
  const view = showInFront({
    signal,
    show: async () => {
      const cloud = isCloud
        ? { id: input(card, '#cloud-id').value, withPassword: withPassword.checked }
        : null
      drawImage(image, await ipc.revealQrCode({ choice, cloud }))
      part(card, '[data-part="revealed"]').hidden = false
      image.scrollIntoView({ block: 'nearest' })
      context.say(words.shown, minute.signal)
    },
    hide: () => {
      image.replaceChildren()
      part(card, '[data-part="revealed"]').hidden = true
    },
    onWish: (isWanted) => {
      reveal.textContent = isWanted ? words.hide : words.reveal
      minute.abort()
      if (isWanted) {
        minute = new AbortController()
        countDown(card, SECONDS, minute.signal, view.hide)
      }
    },
    onFailure: context.showFailure
  })
  find(card, 'form', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault()
    context.clearFailure()
    if (view.isWanted()) {
      view.hide()
    } else {
      view.show()
    }
  }, { signal })
  part(card, '[data-part="cloud"]').addEventListener('input', () => {
    view.hide()
    warn()
  }, { signal })
  context.onKey((event) => {
    if (event.key === 'Escape') {
      view.hide()
    }
  })

  return { leave: view.hide }
}
