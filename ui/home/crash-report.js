/**
 * The crash report on Home: view, save, delete.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context } from '../frame/screen.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, part } from '../parts/dom.js'
import { cloneOne } from '../parts/template.js'
import { texts } from '../texts/index.js'

/**
 * @param {HTMLElement} place
 * @param {Wire.CrashReport | null} report
 * @param {Context} context
 */
export function offerReport(place, report, context) {
  place.hidden = report === null
  if (report === null) {
    return
  }
  const { signal } = context
  const card = cloneOne('crash')
  part(card, 'pre').textContent = report.text
  button(card, 'save-report').addEventListener('click', () => void context.run(
    { stage: texts.crash.saving },
    async () => {
      const path = await ipc.save({ what: 'crash_report' })
      if (path !== null) {
        context.say(texts.crash.saved(path))
      }
    }), { signal })
  button(card, 'delete-crash-report').addEventListener('click', () => void context.run(
    { stage: texts.crash.deleting },
    async () => context.show(await ipc.deleteCrashReport())), { signal })
  place.replaceChildren(card)
}
