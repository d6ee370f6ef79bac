/**
 * Checks for updates on request, shows them with their release notes, and installs one if asked to.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context } from '../frame/screen.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, part } from '../parts/dom.js'
import { cloneOne } from '../parts/template.js'
import { texts } from '../texts/all.js'
import { oneAtATime } from '../frame/work.js'
import { mayRestart } from '../frame/password-loss.js'

/**
 * @param {HTMLElement} place
 * @param {Context} context
 */
export function offerUpdates(place, context) {
  const { signal } = context
  const row = cloneOne('update')
  const says = part(row, '[data-part="update-says"]')
  const notes = part(row, 'pre')
  const install = button(row, 'install-update')

  button(row, 'check-for-update').addEventListener('click', () => void context.run(
    { stage: texts.update.looking, cancelSays: texts.update.cancel },
    async (stop) => {
      const offer = await ipc.checkForUpdate(stop)
      says.textContent = sentence(offer)
      notes.textContent = offer.update === 'found' ? offer.notes : ''
      notes.hidden = notes.textContent === ''
      install.hidden = offer.update !== 'found' || offer.byHand !== null
      context.say(says.textContent)
    }), { signal })
  install.addEventListener('click', oneAtATime(async () => {
    if (await mayRestart()) {
      await context.run(
        { stage: texts.update.installing, cancelSays: texts.update.cancel },
        async (stop) => {
          await ipc.installUpdate(stop)
          says.textContent = texts.update.restarts
        })
    }
  }), { signal })
  place.replaceChildren(row)
}

/** @param {Wire.UpdateOffer} offer */
function sentence(offer) {
  if (offer.update === 'off') {
    return texts.update.off(offer.version)
  }
  if (offer.update === 'current') {
    return texts.update.current(offer.version)
  }
  return offer.byHand === null
    ? texts.update.found(offer.version, offer.current)
    : texts.update.foundByHand(offer.version, offer.current, offer.byHand)
}
