/**
 * The form for entering the password of an existing credential.
 *
 * @import { Context } from '../frame/screen.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, find, input } from './dom.js'
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
