/**
 * The form for entering the password of an existing credential.
 *
 * @import { Context } from '../frame/screen.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, find, input } from './dom.js'
import { clone } from './template.js'
import { texts } from '../texts/all.js'
import { canBeShown, forgetWhenLeft } from './secret-view.js'

/**
 * @param {HTMLElement} root
 * @param {Context} context
 */
export function knownPassword(root, context) {
  const field = input(root, '#password')
  find(root, '#password-form', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault()
    const password = field.value
    void context.run(
      { stage: texts.knownPassword.typing, cancelSays: texts.check.lookCancel },
      async (stop) => context.show(await ipc.verifyPassword({ password }, stop)),
      { try_again: { act: () => field.select() } })
  }, { signal: context.signal })
  canBeShown(field, button(root, 'show-typed'), context)
  forgetWhenLeft(field, context.signal)
}

/**
 * Fills the place of a password that the app doesn't know: it is entered, or another one is generated.
 *
 * @param {HTMLElement} place
 * @param {Context} context
 * @param {() => void} generate
 */
export function askForPassword(place, context, generate) {
  place.replaceChildren(clone('password-unknown'))
  knownPassword(place, context)
  button(place, 'change-password').addEventListener('click', generate, { signal: context.signal })
}
