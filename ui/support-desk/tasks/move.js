/**
 * Moves a SIP credential to another voice application.
 *
 * @import * as Wire from '../../ipc/types.js'
 * @import { Context } from '../../frame/screen.js'
 * @import { Actions } from './tasks.js'
 */
import * as ipc from '../../ipc/commands.js'
import { button, find, input, part } from '../../parts/dom.js'
import { texts } from '../../texts/all.js'
import { notice } from '../../parts/banner.js'
import { confirm } from '../../frame/confirm.js'
import { beginJob } from './many.js'

/**
 * @param {HTMLElement} place
 * @param {Context} context
 * @param {Wire.DeskCredential} credential
 * @param {Actions} actions
 */
export function mountMove(place, context, { row, composite }, actions) {
  const words = texts.credentials
  const field = input(place, '#applicationId')
  const result = part(place, '[data-part="moved"]')
  const anew = button(place, 'make-anew')
  let asked = ''
  part(place, 'h2').textContent = words.moveTitle(composite)
  const now = (/** @type {string} */ application) => {
    part(place, '[data-part="now"]').textContent = application || texts.desk.none
  }
  now(row.application)

  const move = (/** @type {string} */ application) => context.run({ stage: words.moving, cancelSays: words.repairCancel }, async (stop) => {
    try {
      anew.hidden = true
      asked = application
      const told = await ipc.moveCredential({ id: row.id, application: asked }, stop)
      anew.hidden = !told.anew
      result.replaceChildren(notice(told.notice))
      context.say(told.notice.sentence)
      now((await ipc.deskCredential({ id: row.id })).row.application)
    } finally {
      actions.changed()
    }
  }, { try_again: { act: () => void move(field.value) } })

  find(place, 'form', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault()
    void move(field.value)
  }, { signal: context.signal })
  anew.addEventListener('click', async () => {
    if (await confirm({ title: texts.many.anewTitle, text: texts.many.anewText, yes: texts.many.anewYes, danger: true })) {
      void beginJob(context, { work: 'move', id: row.id, application: asked }, actions)
    }
  }, { signal: context.signal })
}
