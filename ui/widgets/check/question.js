/**
 * What a person must allow before a check or a call gets further.
 *
 * @import * as Wire from '../../ipc/types.js'
 */
import * as ipc from '../../ipc/commands.js'
import { texts } from '../../locales/all.js'
import { confirm } from '../confirm.js'

/**
 * Asks, and has the app remember a yes. Escape means no.
 *
 * @param {Wire.CheckQuestion} question
 * @returns {Promise<boolean>}
 */
export async function allows({ host, realm, shown }) {
  const words = texts.question
  const yes = await confirm({
    title: words.realmTitle,
    text: words.realmText(host, shown),
    list: words.realmList,
    note: words.realmNote,
    yes: words.realmYes,
    danger: true
  })
  if (yes) {
    await ipc.allowRealm({ host, realm })
  }
  return yes
}
