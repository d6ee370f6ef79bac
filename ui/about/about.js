/** The About page: the app's version, its updates, and the licenses of everything it consists of. */
import { find, input, part } from '../parts/dom.js'
import { cloneOne } from '../parts/template.js'
import { texts } from '../texts/all.js'
import { defineScreen } from '../frame/screen.js'
import { fillPairs } from '../parts/pairs.js'
import { offerUpdates } from './update.js'

/** @typedef {{ of: readonly string[], license: string, text: string }} License */

export const about = defineScreen({
  id: 'about',

  mount({ body }, { about }, context) {
    fillPairs(part(body, '[data-part="facts"]'), [
      [texts.about.version, about.version],
      [texts.about.license, texts.about.ownLicense],
      [texts.about.folder, about.folder]
    ])
    const security = texts.about.security
    fillPairs(part(body, '[data-part="security"]'), [
      [security.signIns, security.signInsText],
      [security.passwords, security.passwordsText],
      [security.rest, security.restText],
      [security.more, security.moreText]
    ])
    offerUpdates(part(body, '[data-part="update"]'), context)
    showLicenses(body, context.signal).catch(context.showFailure)
  }
})

/**
 * Lists the licenses. They are long and no other screen needs them, so they are loaded here.
 *
 * @param {HTMLElement} root
 * @param {AbortSignal} signal
 */
async function showLicenses(root, signal) {
  const { licenses } = await import('./licenses.js')
  if (signal.aborted) {
    return
  }
  const rows = licenses.map((license) => ({
    item: licenseItem(license, signal),
    words: `${license.of.join(' ')} ${license.license} ${license.text}`.toLowerCase()
  }))
  const list = part(root, '[data-part="licenses"]')
  list.replaceChildren(...rows.map(({ item }) => item))
  const field = input(root, '#find-license')
  const search = () => {
    const wanted = field.value.trim().toLowerCase()
    for (const { item, words } of rows) {
      item.hidden = !words.includes(wanted)
    }
    const found = rows.filter(({ item }) => !item.hidden).length
    part(root, '#licenses-found').textContent = texts.about.found(found, rows.length)
  }
  field.addEventListener('input', search, { signal })
  search()
}

/**
 * @param {License} license
 * @param {AbortSignal} signal
 */
function licenseItem(license, signal) {
  const item = cloneOne('license')
  const text = part(item, 'pre')
  const names = license.of.join(', ')
  part(item, '.license-of').textContent = names
  part(item, '.license-name').textContent = license.license
  text.setAttribute('aria-label', names)
  find(item, 'details', HTMLDetailsElement).addEventListener('toggle', () => {
    text.textContent = license.text
  }, { signal, once: true })
  return item
}
