/**
 * Saves the setup sheets of an ended job: a page for each phone, all for the same model.
 *
 * @import * as Wire from '../../ipc/types.js'
 * @import { Context } from '../../frame/screen.js'
 */
import * as ipc from '../../ipc/commands.js'
import { button, find, input, part } from '../../parts/dom.js'
import { contextUntil } from '../../parts/until.js'
import { texts } from '../../texts/all.js'
import { phonePicker, entryOf } from '../../phones/picker.js'
import { titleOf } from '../../phones/search.js'

/**
 * @param {HTMLElement} place
 * @param {Context} context
 * @param {Wire.JobSheets} sheets
 */
export function mountSheets(place, context, { id, title, pages, passwords, phones }) {
  const { signal } = context
  const words = texts.setupSheet
  const chosen = part(place, '[data-part="chosen"]')
  const picker = part(place, '[data-part="picker"]')
  const form = find(place, 'form', HTMLFormElement)
  part(place, '.lead').textContent = words.lead(pages)
  part(place, '[data-part="sheets-of"]').textContent = title
  part(place, '[data-part="with-passwords"]').hidden = !passwords

  /** @type {Wire.PhoneChoice} */
  let choice = { kind: 'other' }
  let view = new AbortController()
  signal.addEventListener('abort', () => view.abort(), { once: true })

  const choosing = (/** @type {boolean} */ is) => {
    picker.hidden = !is
    chosen.hidden = is
    form.hidden = is
  }
  const show = (/** @type {Wire.PhoneChoice} */ next, /** @type {string | null} */ model) => {
    view.abort()
    picker.replaceChildren()
    choice = next
    const [entry] = entryOf(phones, next)
    part(place, '[data-part="chosen-phone"]').textContent = entry ? named(entry, model) : words.other
    choosing(false)
    button(place, 'choose-phone').focus()
  }
  button(place, 'choose-phone').addEventListener('click', () => {
    view = new AbortController()
    choosing(true)
    phonePicker(picker, { phones, used: [] }, title, contextUntil(context, view.signal), (next) => show(next.choice, next.model))
    part(picker, 'h1').setAttribute('aria-level', '3')
  }, { signal })
  part(place, '[data-part="chosen-phone"]').textContent = words.other

  const save = () => context.run({ stage: words.writing, cancelSays: words.cancel }, async (stop, stage) => {
    const asked = { id, choice, passwords: passwords && input(place, '#sheet-passwords').checked }
    const saved = await ipc.saveJobSheets(asked, ({ sentence }) => stage(sentence), stop)
    const says = saved === null ? words.notSaved : words.savedMany(saved.pages, saved.path)
    part(place, '[data-part="sheets-saved"]').textContent = says
  }, { try_again: { act: () => void save() } })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void save()
  }, { signal })
}

/**
 * @param {import('../../phones/search.js').Entry} entry
 * @param {string | null} model
 */
function named(entry, model) {
  const title = titleOf({ ...entry, model })
  return entry.dialect.name === '' || model !== null ? title : `${title}: ${entry.dialect.name}`
}
