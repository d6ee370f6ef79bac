/**
 * Sets a new password for one SIP credential: first shows what will stop working, then the password.
 *
 * @import * as Wire from '../../ipc/types.js'
 * @import { Context } from '../../frame/screen.js'
 * @import { Actions } from './tasks.js'
 */
import * as ipc from '../../ipc/commands.js'
import { find, part } from '../../parts/dom.js'
import { texts } from '../../texts/all.js'
import { oneAtATime } from '../../frame/work.js'
import { confirm } from '../../frame/confirm.js'
import { passwordField } from '../../parts/password-field.js'
import { askPhones } from './phones.js'

/**
 * @param {HTMLElement} place
 * @param {Context} context
 * @param {Wire.DeskCredential} credential
 * @param {Actions} actions
 */
export function mountPassword(place, context, { row, composite }, actions) {
  const words = texts.credentials
  part(place, 'h2').textContent = words.passwordTitle(composite)
  const password = passwordField(place, null, context, () => {})

  const give = (/** @type {string | null} */ typed) => {
    password.hide()
    return context.run({ stage: words.giving, cancelSays: words.repairCancel }, async (stop) => {
      try {
        actions.showSettings(await ipc.replacePassword({ id: row.id, password: typed }, stop))
      } catch (error) {
        actions.changed()
        throw error
      }
    }, { try_again: { act: () => void give(typed) } })
  }
  const asked = askPhones(place, row.id, context)
  const ask = oneAtATime(async () => {
    const typed = password.typed()
    const sure = await confirm({
      title: words.replaceTitle(composite),
      text: words.replaceText,
      list: await asked,
      yes: words.replaceYes,
      danger: true
    })
    if (sure && !context.signal.aborted) {
      await give(typed)
    }
  })
  find(place, 'form', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault()
    void ask()
  }, { signal: context.signal })
}
