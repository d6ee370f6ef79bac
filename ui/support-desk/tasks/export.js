/**
 * Saves the list as a CSV file, without a secret.
 *
 * @import * as Wire from '../../ipc/types.js'
 * @import { Context } from '../../frame/screen.js'
 * @import { Actions } from './tasks.js'
 */
import * as ipc from '../../ipc/commands.js'
import { chosen, find, input } from '../../parts/dom.js'
import { setLabel } from '../../parts/field.js'
import { texts } from '../../texts/all.js'
import { oneAtATime } from '../../frame/work.js'

/**
 * @param {HTMLElement} place
 * @param {Context} context
 * @param {{ loaded: number, shown: number, selected: number }} counts
 * @param {Actions} actions
 */
export function mountExport(place, context, counts, actions) {
  const words = texts.credentials
  const choice = (/** @type {string} */ name, /** @type {string} */ text, /** @type {number} */ count) => {
    setLabel(place, `export-${name}`, text)
    input(place, `#export-${name}`).disabled = count === 0
  }
  choice('all', words.exportAll(counts.loaded), counts.loaded)
  choice('shown', words.exportShown(counts.shown), counts.shown)
  choice('selected', words.exportSelected(counts.selected), counts.selected)

  const save = oneAtATime(async () => {
    try {
      const what = /** @type {Wire.Savable} */ (chosen(place, 'export'))
      const path = await ipc.save({ what })
      if (path !== null) {
        actions.close()
      }
      context.say(path === null ? texts.settings.notSaved : texts.settings.saved(path))
    } catch (error) {
      context.showFailure(error)
    }
  })
  find(place, 'form', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault()
    void save()
  }, { signal: context.signal })
}
