/**
 * A code that leads the phone to its file, which this computer serves meanwhile.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context } from '../frame/screen.js'
 * @import { QrCode } from './qr-code.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, chosen, find, focusedIn, make, part } from '../parts/dom.js'
import { clone } from '../parts/template.js'
import { texts } from '../texts/all.js'
import { confirm } from '../frame/confirm.js'
import { oneAtATime } from '../frame/work.js'
import { notice } from '../parts/banner.js'
import { asFailure } from '../parts/failure.js'
import { note } from './note.js'
import { countDown, drawImage } from './qr-image.js'

/**
 * @param {HTMLElement} card
 * @param {{ choice: Wire.PhoneChoice, qr: Wire.PhoneQr }} shown
 * @param {Context} context
 * @returns {QrCode}
 */
export function qrAddress(card, { choice, qr }, context) {
  const { signal } = context
  const words = texts.qrCode
  card.replaceChildren(clone('qr-address'))
  const form = find(card, 'form', HTMLFormElement)
  const start = button(card, 'serve-phone-file')
  const serving = part(card, '[data-part="serving"]')
  const image = part(card, '[data-part="image"]')
  const told = part(card, '[data-part="told"]')
  const steps = [words.connect, ...qr.scan.map(note)]
  part(card, '[data-part="scan-steps"]').append(...steps.map((sentence) => make('li', sentence)))
  networks(card, context)

  let running = new AbortController()
  const stop = () => running.abort()
  signal.addEventListener('abort', stop, { once: true })
  button(card, 'stop-serving').addEventListener('click', stop, { signal })

  let onScreen = new AbortController()
  const codeIs = (/** @type {boolean} */ visible) => {
    onScreen.abort()
    for (const name of ['image', 'scan-steps', 'address-fold']) {
      part(card, `[data-part="${name}"]`).hidden = !visible
    }
  }

  /** @param {Wire.ServingEvent} event */
  const hear = (event) => {
    if (event.kind === 'began') {
      drawImage(image, event.image)
      part(card, '[data-part="address"]').textContent = event.address
      part(card, '[data-part="ask"]').hidden = true
      serving.hidden = false
      countDown(card, event.seconds, running.signal)
      onScreen = new AbortController()
      context.say(words.served, onScreen.signal)
      button(card, 'stop-serving').focus()
      return
    }
    if (!event.fetched) {
      told.append(notice(event.notice))
      return
    }
    if (image.hidden) {
      told.firstElementChild?.replaceWith(notice(event.notice))
      return
    }
    // The phone has the settings, so nobody else needs to see the code.
    codeIs(false)
    told.replaceChildren(notice(event.notice))
  }

  /** @param {Wire.Notice} end */
  const finish = (end) => {
    const hadFocus = focusedIn(serving) !== null
    serving.hidden = true
    image.replaceChildren()
    codeIs(true)
    part(card, '[data-part="address"]').textContent = ''
    part(card, '[data-part="ask"]').hidden = false
    start.textContent = words.showNew
    told.replaceChildren(notice(end))
    if (hadFocus) {
      start.focus()
    }
  }

  const serve = async () => {
    const secret = chosen(form, 'served-secret') === 'hash' ? 'hash' : 'none'
    const network = find(form, '#qr-network', HTMLSelectElement).value
    const agreed = await confirm({
      title: words.consentTitle,
      text: words.consentText,
      note: secret === 'hash' ? words.consentHash : words.consentAsks,
      yes: words.consentYes
    })
    if (!agreed || signal.aborted) {
      return
    }
    running = new AbortController()
    told.replaceChildren()
    context.clearFailure()
    try {
      finish(await ipc.servePhoneFile({ choice, network, secret }, hear, running.signal))
    } catch (error) {
      const failure = asFailure(error)
      if (failure.kind === 'cancelled' || running.signal.aborted) {
        finish({ tone: 'plain', sentence: words.stopped, next: null })
      } else {
        finish({ tone: 'bad', sentence: failure.sentence, next: failure.next })
        await networks(card, context)
      }
    } finally {
      running.abort()
    }
  }
  const once = oneAtATime(serve)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void once()
  }, { signal })

  return { leave: stop }
}

/**
 * Lists the networks to choose from.
 *
 * @param {HTMLElement} card
 * @param {Context} context
 */
async function networks(card, context) {
  const select = find(card, '#qr-network', HTMLSelectElement)
  const refresh = button(card, 'refresh-networks')
  refresh.onclick = () => void networks(card, context)
  try {
    const found = await ipc.localNetworks()
    select.replaceChildren(...found.map(({ interface: name, address }) => {
      const option = make('option', texts.qrCode.networkNamed(name, address))
      option.value = address
      return option
    }))
    part(card, '.field').hidden = found.length < 2
    part(card, '[data-part="serve-form"]').hidden = found.length === 0
    part(card, '[data-part="no-network"]').hidden = found.length > 0
  } catch (error) {
    context.showFailure(error)
  }
}
