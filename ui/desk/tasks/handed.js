/**
 * What goes into the phone, once a SIP credential was made or has a new password.
 *
 * @import * as Wire from '../../ipc/types.js'
 * @import { Context } from '../../screen.js'
 * @import { Deeds } from './tasks.js'
 */
import * as ipc from '../../ipc/commands.js'
import { button, part } from '../../dom.js'
import { texts } from '../../locales/all.js'
import { oneAtATime } from '../../turns.js'
import { notice } from '../../widgets/banner.js'
import { mayBeLeft } from '../../widgets/password-loss.js'
import { settingsTable } from '../../widgets/settings-table.js'

/**
 * @param {HTMLElement} place
 * @param {Context} context
 * @param {Wire.DeskHandedOut} handed
 * @param {Deeds} deeds
 */
export function mountHanded(place, context, { id, phone, notices }, deeds) {
  const { signal } = context
  part(place, '[data-part="handed-notices"]').replaceChildren(...notices.map(notice))
  settingsTable(part(place, '[data-part="settings"]'), phone, context)
  part(place, '[data-part="found"]').textContent = phone.found
  button(place, 'save-linphone').addEventListener('click', oneAtATime(async () => {
    try {
      const path = await ipc.save({ what: 'linphone' })
      context.say(path === null ? texts.register.notSaved : texts.register.saved(path))
    } catch (error) {
      context.showFailure(error)
    }
  }), { signal })
  button(place, 'task-done').addEventListener('click', oneAtATime(async () => {
    if (await mayBeLeft()) {
      deeds.show(id)
    }
  }), { signal })
}
