/**
 * The file of a phone: saved by the app, loaded by the phone.
 *
 * @import { Context } from '../frame/screen.js'
 * @import { PageActions } from './page.js'
 * @import { Shown } from './value-rows.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, make, part } from '../parts/dom.js'
import { clone } from '../parts/template.js'
import { texts } from '../texts/all.js'
import { oneAtATime } from '../frame/work.js'
import { note } from './note.js'

/**
 * @param {HTMLElement} card
 * @param {Shown} shown
 * @param {Context} context
 * @param {PageActions} actions
 */
export function fileCard(card, { choice, page }, context, actions) {
  const { file } = page
  if (file === null) {
    return card
  }
  const words = texts.phones
  if (page.fields.length === 0) {
    part(card, 'h2').textContent = words.fileOnlyTitle
  }
  const refusal = file.refusal?.sentence ?? (file.contains === null ? words.needsPassword : null)
  const problem = part(card, '[data-part="file-refusal"]')
  problem.hidden = refusal === null
  problem.textContent = refusal ?? ''
  const secret = part(card, '[data-part="file-secret"]')
  secret.hidden = refusal !== null
  secret.textContent = file.contains === 'hash' ? words.hasHash : words.hasPassword
  const steps = part(card, '[data-part="load-steps"]')
  steps.hidden = refusal !== null
  if (refusal !== null) {
    if (file.refusal?.ofPassword) {
      card.append(wayOut(actions, context))
    }
    return card
  }
  const loads = file.load.length === 0 ? [words.loadManual] : file.load.map(note)
  steps.append(clone('phone-save'), ...loads.map((sentence) => make('li', sentence)))
  button(card, 'save-phone-file').addEventListener('click', oneAtATime(async () => {
    try {
      const path = await ipc.savePhoneFile({ choice })
      const says = path === null ? words.notSaved : words.saved(path)
      context.say(says)
      part(card, '[data-part="saved"]').textContent = path === null ? '' : says
    } catch (error) {
      context.showFailure(error)
    }
  }), { signal: context.signal })
  return card
}

/**
 * The way out where a phone can't hold the password.
 *
 * @param {PageActions} actions
 * @param {Context} context
 */
export function wayOut(actions, { signal }) {
  const way = make('button', texts.knownPassword.makeNew, 'button phone-way-out')
  way.type = 'button'
  way.dataset.action = 'new-password'
  way.addEventListener('click', actions.replacePassword, { signal })
  return way
}
