/**
 * The form that tells the password of a credential that exists.
 *
 * @import { Context } from '../screen.js'
 */
import * as ipc from '../ipc/commands.js'
import { find, input } from '../dom.js'
import { texts } from '../locales/all.js'

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
      { stage: texts.register.typing, cancelSays: texts.check.lookCancel },
      async (stop) => {
        try {
          context.show(await ipc.typePassword({ password }, stop))
        } finally {
          field.value = ''
        }
      },
      { try_again: { act: () => field.focus() } })
  }, { signal: context.signal })
}
