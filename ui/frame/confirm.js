/** Asks for confirmation before something irreversible. */
import { button, fillList, find, part } from '../parts/dom.js'
import { drewView } from './presses.js'

/**
 * Asks the question. One that is still open is answered with no.
 *
 * @param {{ title: string, text: string, yes: string, list?: readonly string[], note?: string, danger?: boolean }} question
 * @returns {Promise<boolean>}
 */
export async function confirm({ title, text, yes, list = [], note = '', danger = false }) {
  const dialog = find(document, '#confirm', HTMLDialogElement)
  if (dialog.open) {
    const closed = new Promise((resolve) => dialog.addEventListener('close', resolve, { once: true }))
    dialog.close('no')
    await closed
  }
  const yesButton = button(dialog, 'confirm-yes')
  const done = new AbortController()
  const { signal } = done

  part(dialog, '#confirm-title').textContent = title
  part(dialog, '#confirm-text').textContent = text
  fillList(part(dialog, '#confirm-list'), list)
  part(dialog, '#confirm-note').textContent = note
  part(dialog, '#confirm-note').hidden = note === ''
  yesButton.textContent = yes
  yesButton.dataset.variant = danger ? 'danger' : 'primary'

  return await new Promise((resolve) => {
    yesButton.addEventListener('click', () => dialog.close('yes'), { signal })
    button(dialog, 'confirm-no').addEventListener('click', () => dialog.close('no'), { signal })
    dialog.addEventListener('close', () => {
      done.abort()
      drewView()
      resolve(dialog.returnValue === 'yes')
    }, { signal })
    dialog.returnValue = 'no'
    dialog.showModal()
    drewView()
  })
}
