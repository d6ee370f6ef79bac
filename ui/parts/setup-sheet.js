/**
 * Saves the setup sheet of one phone, with its password only if that is asked for.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context } from '../frame/screen.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, input, part } from './dom.js'
import { clone } from './template.js'
import { texts } from '../texts/all.js'
import { oneAtATime } from '../frame/work.js'

/**
 * @param {HTMLElement} root
 * @param {boolean} passwordKnown
 * @param {() => Wire.PhoneChoice | null} choice
 * @param {Context} context
 */
export function setupSheet(root, passwordKnown, choice, context) {
  root.replaceChildren(clone('setup-sheet'))
  part(root, '[data-part="with-password"]').hidden = !passwordKnown
  const words = texts.setupSheet
  button(root, 'save-setup-sheet').addEventListener('click', oneAtATime(async () => {
    try {
      const password = passwordKnown && input(root, '#sheet-password').checked
      const path = await ipc.saveSetupSheet({ choice: choice(), password })
      context.say(path === null ? words.notSaved : words.saved(path))
    } catch (error) {
      context.showFailure(error)
    }
  }), { signal: context.signal })
}
