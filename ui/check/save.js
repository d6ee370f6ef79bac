/**
 * Saves the messages of the last check as a file.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context } from '../frame/screen.js'
 */
import { savesEvidence } from '../activity/evidence.js'
import * as ipc from '../ipc/commands.js'
import { button } from '../parts/dom.js'
import { texts } from '../texts/all.js'
import { oneAtATime } from '../frame/work.js'

/** @type {readonly Wire.Savable[]} */
const forms = ['message_chart_text', 'message_chart_svg', 'message_chart_pcapng']

/**
 * @param {HTMLElement} root
 * @param {Context} context
 */
export function saveCheck(root, context) {
  savesEvidence(root, 'save-evidence', context, () => ({ of: 'open' }))
  for (const what of forms) {
    button(root, `save-${what.replaceAll('_', '-')}`).addEventListener('click', oneAtATime(async () => {
      try {
        const path = await ipc.save({ what })
        context.say(path === null ? texts.check.notSaved : texts.check.saved(path))
      } catch (error) {
        context.showFailure(error)
      }
    }), { signal: context.signal })
  }
}
