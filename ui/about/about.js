/** The page about the app: its version, its updates, and the licences of all that it is made of. */
import { cloneOne, find, input, part } from '../dom.js'
import { texts } from '../locales/all.js'
import { defineStep } from '../screen.js'
import { fillPairs } from '../widgets/pairs.js'
import { offerUpdates } from '../widgets/update.js'

/** @typedef {{ of: readonly string[], licence: string, text: string }} Licence */

export const about = defineStep({
  id: 'about',

  mount(root, { about }, context) {
    fillPairs(part(root, '[data-part="facts"]'), [
      [texts.about.version, about.version],
      [texts.about.licence, texts.about.ownLicence],
      [texts.about.folder, about.folder]
    ])
    offerUpdates(part(root, '[data-part="update"]'), context)
    showLicences(root, context.signal).catch(context.showFailure)
  }
})

/**
 * Lists the licences. They are long, and no other screen needs them: they are loaded here.
 *
 * @param {HTMLElement} root
 * @param {AbortSignal} signal
 */
async function showLicences(root, signal) {
  const { licences } = await import('./licences.js')
  if (signal.aborted) {
    return
  }
  const rows = licences.map((licence) => ({
    item: licenceItem(licence, signal),
    words: `${licence.of.join(' ')} ${licence.licence} ${licence.text}`.toLowerCase()
  }))
  const list = part(root, '[data-part="licences"]')
  list.replaceChildren(...rows.map(({ item }) => item))
  const field = input(root, '#find-licence')
  const search = () => {
    const wanted = field.value.trim().toLowerCase()
    for (const { item, words } of rows) {
      item.hidden = !words.includes(wanted)
    }
    const found = rows.filter(({ item }) => !item.hidden).length
    part(root, '#licences-found').textContent = texts.about.found(found, rows.length)
  }
  field.addEventListener('input', search, { signal })
  search()
}

/**
 * @param {Licence} licence
 * @param {AbortSignal} signal
 */
function licenceItem(licence, signal) {
  const item = cloneOne('licence')
  const text = part(item, 'pre')
  const names = licence.of.join(', ')
  part(item, '.licence-of').textContent = names
  part(item, '.licence-name').textContent = licence.licence
  text.setAttribute('aria-label', names)
  find(item, 'details', HTMLDetailsElement).addEventListener('toggle', () => {
    text.textContent = licence.text
  }, { signal, once: true })
  return item
}
