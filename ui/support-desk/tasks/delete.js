/**
 * Deletes a SIP credential after its name was typed.
 *
 * @import * as Wire from '../../ipc/types.js'
 * @import { Context } from '../../frame/screen.js'
 * @import { Actions } from './tasks.js'
 */
import * as ipc from '../../ipc/commands.js'
import { find, input, part } from '../../parts/dom.js'
import { setLabel } from '../../parts/field.js'
import { texts } from '../../texts/all.js'
import { askPhones } from './phones.js'

/**
 * @param {HTMLElement} place
 * @param {Context} context
 * @param {Wire.DeskCredential} credential
 * @param {Actions} actions
 */
export function mountDelete(place, context, { row, composite }, actions) {
  const words = texts.credentials
  const field = input(place, '#name')
  part(place, 'h2').textContent = words.deleteTitle(composite)
  setLabel(place, 'name', words.deleteName(composite))

  const remove = (/** @type {string} */ name) => context.run({ stage: words.deleting, cancelSays: words.repairCancel }, async (stop) => {
    try {
      const told = await ipc.deleteCredential({ id: row.id, name }, stop)
      actions.close()
      context.say(told.sentence)
    } finally {
      actions.changed()
    }
  }, { try_again: { act: () => void remove(field.value) } })

  find(place, 'form', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault()
    void remove(field.value)
  }, { signal: context.signal })

  void askPhones(place, row.id, context)
}
