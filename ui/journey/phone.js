/**
 * Step 5, part 2: enter the values into the phone.
 *
 * @import { Context } from '../frame/screen.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, fillList, part } from '../parts/dom.js'
import { texts } from '../texts/all.js'
import { defineScreen } from '../frame/screen.js'
import { oneAtATime } from '../frame/work.js'
import { knownPassword } from '../parts/known-password.js'
import { settingsTable } from '../parts/settings-table.js'
import { replacePassword } from './replace-password.js'

export const phone = defineScreen({
  id: 'phone',

  mount({ body, foot }, { phone }, context) {
    const { signal } = context
    part(body, '[data-part="unknown"]').hidden = phone.passwordLength !== null
    settingsTable(part(body, '[data-part="settings"]'), phone, context)
    part(body, '[data-part="found"]').textContent = phone.found
    fillList(part(body, '[data-part="other-hints"]'), texts.phone.otherHints)

    knownPassword(body, context)
    button(body, 'change-password').addEventListener('click', () => void replacePassword(context), { signal })
    saveLinphone(button(body, 'save-linphone'), context)
    button(foot, 'continue-to-wait').addEventListener('click', () => void context.move(async () => {
      await ipc.choosePhone({ choice: { kind: 'other' } })
      return ipc.continueToWait()
    }), { signal })
  }
})

/**
 * @param {HTMLElement} save
 * @param {Context} context
 */
function saveLinphone(save, context) {
  save.addEventListener('click', oneAtATime(async () => {
    try {
      const path = await ipc.save({ what: 'linphone' })
      context.say(path === null ? texts.settings.notSaved : texts.settings.saved(path))
    } catch (error) {
      context.showFailure(error)
    }
  }), { signal: context.signal })
}
