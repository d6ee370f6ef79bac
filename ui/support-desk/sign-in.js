/**
 * Asks for the secret of an account if it isn't saved on this computer.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context } from '../frame/screen.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, find, input, part } from '../parts/dom.js'
import { hintOf, setLabel } from '../parts/field.js'
import { texts } from '../texts/all.js'
import { canBeShown, forgetWhenLeft } from '../parts/secret-view.js'

/**
 * @param {HTMLElement} root
 * @param {Wire.DeskView} desk
 * @param {Context} context
 */
export function secretForm(root, desk, context) {
  const form = find(root, '#desk-sign-in', HTMLFormElement)
  const secret = input(form, '#secret')
  form.hidden = desk.asksFor === null
  if (desk.asksFor === null) {
    return
  }
  const open = desk.accounts.find((account) => account.open)
  part(form, 'h2').textContent = texts.desk.secretTitle(open?.name ?? '')
  setLabel(form, 'secret', texts.desk.secrets[desk.asksFor])
  hintOf(form, 'secret').textContent = desk.remember ? texts.desk.secretKept : texts.desk.secretNotKept
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const typed = secret.value
    void context.run(
      { stage: texts.desk.signingIn, cancelSays: texts.desk.signInCancel },
      async (stop) => context.show(await ipc.signInAtDesk({ secret: typed }, stop)),
      { sign_in_again: { act: () => secret.select() } })
  }, { signal: context.signal })
  canBeShown(secret, button(form, 'show-typed'), context)
  forgetWhenLeft(secret, context.signal)
}
