/**
 * Sets up a phone for one SIP credential: one that was created or has a new password, or one whose
 * password nobody knows, from its stored hashes.
 *
 * @import * as Wire from '../../ipc/types.js'
 * @import { Context } from '../../frame/screen.js'
 * @import { Chosen } from '../../phones/picker.js'
 * @import { Actions } from './tasks.js'
 */
import * as ipc from '../../ipc/commands.js'
import { button, part } from '../../parts/dom.js'
import { clone } from '../../parts/template.js'
import { texts } from '../../texts/all.js'
import { oneAtATime } from '../../frame/work.js'
import { notice } from '../../parts/banner.js'
import { mayBeLeft } from '../../frame/password-loss.js'
import { contextUntil } from '../../parts/until.js'
import { settingsTable } from '../../parts/settings-table.js'
import { setupSheet } from '../../parts/setup-sheet.js'
import { hashFirst } from '../../phones/hash-first.js'
import { phonePage } from '../../phones/page.js'
import { entryOf, phonePicker } from '../../phones/picker.js'

/**
 * @typedef {object} ToSetUp
 * @property {Wire.DeskIssued} issued
 * @property {Chosen | null} phone the one that was chosen before its password was replaced
 */

/**
 * @param {HTMLElement} place
 * @param {Context} context
 * @param {ToSetUp} toSetUp
 * @param {Actions} actions
 */
export function mountPhoneSettings(place, context, { issued, phone: before }, actions) {
  const { id, phone, phones, notices } = issued
  const { signal } = context
  const words = texts.credentials
  const known = phone.passwordLength !== null
  const area = part(place, '[data-part="phone"]')
  const sheet = part(place, '[data-part="sheet"]')
  part(place, 'h2').textContent = words.settingsTitle(phone.userName)
  part(place, '.lead').textContent = known ? words.settingsLead : words.hashesLead
  part(place, '[data-part="phone-notices"]').replaceChildren(...notices.map(notice))

  /** @type {Wire.PhoneChoice | null} */
  let choice = null
  /** @type {string | null} */
  let model = null
  let view = new AbortController()
  signal.addEventListener('abort', () => view.abort(), { once: true })

  /** What is shown in the place of the phone, until the next. */
  const own = () => {
    view.abort()
    view = new AbortController()
    return contextUntil(context, view.signal)
  }
  const shows = (/** @type {Wire.PhoneChoice | null} */ chosen) => {
    choice = chosen
    sheet.hidden = chosen === null
    for (const heading of area.querySelectorAll('h1')) {
      heading.setAttribute('aria-level', '3')
    }
  }

  const pick = () => {
    phonePicker(area, { phones, used: [] }, phone.userName, own(), (next) => void open(next), known ? undefined : hashFirst)
    shows(null)
  }
  const openDialect = async (/** @type {Wire.PhoneChoice} */ next) => {
    const page = await ipc.openPhonePage({ choice: next })
    choice = next
    return page
  }
  const open = async (/** @type {Chosen} */ chosen) => {
    const next = chosen.choice
    model = chosen.model
    const [entry] = entryOf(phones, next)
    if (!entry) {
      anyPhone()
      return
    }
    try {
      const page = await openDialect(next)
      if (signal.aborted) {
        return
      }
      phonePage(area, { entry: { ...entry, model }, page, field: null }, own(), {
        chooseAnother: pick,
        open: (other) => {
          model = null
          return openDialect(other)
        },
        replacePassword: generate,
        askForPassword: (root) => needsPassword(root, page.file?.contains === 'hash')
      })
      shows(next)
      part(area, 'h1').focus({ preventScroll: true })
      place.scrollTop = 0
    } catch (error) {
      context.showFailure(error)
    }
  }
  const anyPhone = () => {
    const shown = own()
    area.replaceChildren(clone('desk-any-phone'))
    settingsTable(part(area, '[data-part="settings"]'), phone, shown)
    part(area, '[data-part="found"]').textContent = phone.found
    const unknown = part(area, '[data-part="unknown"]')
    unknown.hidden = known
    if (!known) {
      needsPassword(unknown, false)
    }
    button(area, 'choose-phone').addEventListener('click', pick, { signal: shown.signal })
    shows({ kind: 'other' })
  }
  const generate = () => actions.newPassword(id, choice && { choice, model })
  const needsPassword = (/** @type {HTMLElement} */ root, /** @type {boolean} */ takesHash) => {
    root.replaceChildren(clone('desk-needs-password'))
    part(root, '.hint').textContent = takesHash ? words.hashInstead : words.noHash
    button(root, 'generate-new').addEventListener('click', generate, { signal: view.signal })
  }

  if (before) {
    void open(before)
  } else if (known) {
    anyPhone()
  } else {
    pick()
  }
  setupSheet(sheet, known, () => choice, context)
  button(place, 'task-done').addEventListener('click', oneAtATime(async () => {
    if (await mayBeLeft()) {
      actions.show(id)
    }
  }), { signal })
}
