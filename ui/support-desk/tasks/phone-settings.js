/**
 * The values to enter into the phone after a SIP credential was created or given a new password.
 *
 * @import * as Wire from '../../ipc/types.js'
 * @import { Context } from '../../frame/screen.js'
 * @import { Actions } from './tasks.js'
 */
import * as ipc from '../../ipc/commands.js'
import { button, part } from '../../parts/dom.js'
import { texts } from '../../texts/all.js'
import { oneAtATime } from '../../frame/work.js'
import { notice } from '../../parts/banner.js'
import { mayBeLeft } from '../../frame/password-loss.js'
import { settingsTable } from '../../parts/settings-table.js'

/**
 * @param {HTMLElement} place
 * @param {Context} context
 * @param {Wire.DeskIssued} issued
 * @param {Actions} actions
 */
export function mountPhoneSettings(place, context, { id, phone, notices }, actions) {
  const { signal } = context
  part(place, '[data-part="phone-notices"]').replaceChildren(...notices.map(notice))
  settingsTable(part(place, '[data-part="settings"]'), phone, context)
  part(place, '[data-part="found"]').textContent = phone.found
  button(place, 'save-linphone').addEventListener('click', oneAtATime(async () => {
    try {
      const path = await ipc.save({ what: 'linphone' })
      context.say(path === null ? texts.settings.notSaved : texts.settings.saved(path))
    } catch (error) {
      context.showFailure(error)
    }
  }), { signal })
  button(place, 'task-done').addEventListener('click', oneAtATime(async () => {
    if (await mayBeLeft()) {
      actions.show(id)
    }
  }), { signal })
}
