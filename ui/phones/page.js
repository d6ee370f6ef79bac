/**
 * One phone's own page: how its settings are opened, its fields under its own names in its own order,
 * its traps where they bite, what is pressed at the end, and its file.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context } from '../frame/screen.js'
 * @import { Entry } from './search.js'
 */
import { button, find, make, part } from '../parts/dom.js'
import { clone } from '../parts/template.js'
import { contextUntil } from '../parts/until.js'
import { texts } from '../texts/all.js'
import { drawFacts } from './facts.js'
import { portrait } from './portrait.js'
import { titleOf } from './search.js'

/**
 * What a page leaves to the screen that it is on.
 *
 * @typedef {object} PageActions
 * @property {() => void} chooseAnother
 * @property {(choice: Wire.PhoneChoice) => Promise<Wire.PhonePage>} open opens another dialect
 * @property {() => void} replacePassword generates another password
 * @property {(root: HTMLElement) => void} askForPassword fills the place of a password that isn't known
 */

/**
 * @typedef {object} OpenPage
 * @property {Entry} entry
 * @property {Wire.PhonePage} page
 * @property {string | null} field the label of the field to lead to
 */

/**
 * @param {HTMLElement} root
 * @param {OpenPage} opened
 * @param {Context} context
 * @param {PageActions} actions
 */
export function phonePage(root, { entry, page, field }, context, actions) {
  const { signal } = context
  const { phone } = entry
  root.replaceChildren(clone('phone-page'))
  part(root, '.portrait').replaceWith(portrait(phone))
  part(root, 'h1').textContent = texts.phones.pageTitle(titleOf(entry))
  button(root, 'choose-another').addEventListener('click', actions.chooseAnother, { signal })

  const facts = part(root, '[data-part="facts"]')
  let drawn = new AbortController()
  signal.addEventListener('abort', () => drawn.abort(), { once: true })
  /**
   * @param {Wire.PhoneDialect} dialect
   * @param {Wire.PhonePage} shown
   */
  const draw = (dialect, shown) => {
    drawn.abort()
    drawn = new AbortController()
    return drawFacts(facts, { phone, dialect, page: shown }, contextUntil(context, drawn.signal), actions)
  }
  const rows = draw(entry.dialect, page)

  if (phone.dialects.length > 1) {
    dialects(root, entry, context, async (dialect) => {
      const shown = await actions.open({ kind: 'listed', phone: phone.id, dialect: dialect.id })
      if (!signal.aborted) {
        draw(dialect, shown)
      }
    })
  }
  if (field !== null) {
    queueMicrotask(() => rows.leadTo(field))
  }
}

/**
 * Asks for the model or the firmware. What is below it changes in place.
 *
 * @param {HTMLElement} root
 * @param {Entry} entry
 * @param {Context} context
 * @param {(dialect: Wire.PhoneDialect) => Promise<void>} onChange
 */
function dialects(root, { phone, dialect }, context, onChange) {
  const select = find(root, '#dialect', HTMLSelectElement)
  const models = part(root, '#dialect-models')
  const draw = () => {
    const chosen = phone.dialects.find(({ id }) => id === select.value)
    models.textContent = chosen && chosen.models.length > 0 ? texts.phones.models(chosen.models) : ''
    return chosen
  }
  part(root, '[data-part="dialect"]').hidden = false
  select.replaceChildren(...phone.dialects.map(({ id, name }) => {
    const option = make('option', name)
    option.value = id
    return option
  }))
  select.value = dialect.id
  draw()
  select.addEventListener('change', () => {
    const chosen = draw()
    if (chosen) {
      onChange(chosen).catch(context.showFailure)
    }
  }, { signal: context.signal })
}
