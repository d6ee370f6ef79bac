/**
 * Step 5, part 2: choose the phone, and set it up on its own page.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context } from '../frame/screen.js'
 * @import { Entry } from '../phones/search.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, fillList, part } from '../parts/dom.js'
import { clone } from '../parts/template.js'
import { texts } from '../texts/all.js'
import { defineScreen } from '../frame/screen.js'
import { askForPassword } from '../parts/known-password.js'
import { settingsTable } from '../parts/settings-table.js'
import { phonePage } from '../phones/page.js'
import { entryOf, phonePicker } from '../phones/picker.js'
import { replacePassword } from './replace-password.js'

/** The model that was searched for, which titles its phone's page. */
let chosen = { phone: '', model: '' }

export const phone = defineScreen({
  id: 'phone',

  mount({ body, foot }, { phone, phones, choice, page, field }, context) {
    const { signal } = context
    const next = button(foot, 'continue-to-wait')
    next.addEventListener('click', () => void context.move(ipc.continueToWait), { signal })
    next.hidden = choice === null
    part(foot, '[data-part="choose-first"]').hidden = choice !== null

    const chooseAnother = () => void context.move(() => ipc.choosePhone({ choice: null }))
    const [entry] = choice ? entryOf(phones.phones, choice) : []
    if (choice === null) {
      phonePicker(body, phones, phone.userName, context, (next) => {
        chosen = { phone: next.choice.kind === 'listed' ? next.choice.phone : '', model: next.model ?? '' }
        void context.move(() => ipc.choosePhone({ choice: next.choice }))
      })
    } else if (entry && page) {
      phonePage(body, { entry: modelOf(entry), page, field }, context, {
        chooseAnother,
        open: openDialect,
        replacePassword: () => void replacePassword(context),
        askForPassword: (place) => askForPassword(place, context, () => void replacePassword(context))
      })
    } else {
      otherPhone(body, phone, context)
      button(body, 'choose-another').addEventListener('click', chooseAnother, { signal })
    }
  }
})

/**
 * @param {Entry} entry
 * @returns {Entry}
 */
function modelOf(entry) {
  const fits = chosen.phone === entry.phone.id && entry.dialect.models.includes(chosen.model)
  return { ...entry, model: fits ? chosen.model : null }
}

/**
 * @param {Wire.PhoneChoice} choice
 * @returns {Promise<Wire.PhonePage>}
 */
async function openDialect(choice) {
  const screen = await ipc.choosePhone({ choice })
  if (screen.screen !== 'phone' || !screen.page) {
    throw new TypeError('a listed phone has no page')
  }
  return screen.page
}

/**
 * A phone that isn't listed: the common names of each value.
 *
 * @param {HTMLElement} root
 * @param {Wire.PhoneSettings} phone
 * @param {Context} context
 */
function otherPhone(root, phone, context) {
  root.replaceChildren(clone('other-phone'))
  const unknown = part(root, '[data-part="unknown"]')
  unknown.hidden = phone.passwordLength !== null
  if (!unknown.hidden) {
    askForPassword(unknown, context, () => void replacePassword(context))
  }
  settingsTable(part(root, '[data-part="settings"]'), phone, context)
  part(root, '[data-part="found"]').textContent = phone.found
  fillList(part(root, '[data-part="other-hints"]'), texts.phone.otherHints)
}
