/**
 * The fields of a phone's page: each with what goes in, a copy button that remembers that it was used,
 * and what goes wrong there.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context } from '../frame/screen.js'
 * @import { PageActions } from './page.js'
 */
import * as ipc from '../ipc/commands.js'
import { icon, make, part } from '../parts/dom.js'
import { cloneOne } from '../parts/template.js'
import { texts } from '../texts/all.js'
import { announceFailure } from '../parts/copy.js'
import { announce } from '../frame/status-bar.js'
import { oneAtATime } from '../frame/work.js'
import { note, trap } from './note.js'
import { passwordTiles } from './password-tiles.js'

/** @typedef {{ choice: Wire.PhoneChoice, page: Wire.PhonePage }} Shown */

/**
 * @param {HTMLElement} list
 * @param {Shown} shown
 * @param {Context} context
 * @param {PageActions} actions
 */
export function fieldRows(list, { choice, page }, context, actions) {
  /** @type {{ show: () => void, hide: () => void } | null} */
  let tiles = null
  list.replaceChildren(...page.fields.map((field) => {
    const row = cloneOne('phone-value')
    const line = part(row, '.value-line')
    row.dataset.field = field.label
    part(row, 'dt').textContent = field.label
    if (field.value === null) {
      row.dataset.password = ''
      const place = make('div')
      part(row, 'dd').replaceChildren(place)
      if (page.passwordLength === null) {
        actions.askForPassword(place)
      } else {
        tiles = passwordTiles(place, page.passwordLength, copyButton(choice, field, context), context)
      }
    } else {
      part(row, '.value').append(...breakable(field.value))
      part(line, '.value-tools').append(field.choose
        ? make('span', texts.phones.choose, 'hint')
        : copyButton(choice, field, context))
    }
    if (field.trap !== null) {
      row.dataset.trap = ''
      part(row, 'dd').append(trap(note(field.trap)))
    }
    return row
  }))

  return {
    show: () => tiles?.show(),
    hide: () => tiles?.hide(),
    /** @param {string} label */
    leadTo: (label) => {
      const row = [...list.children].find((each) => each instanceof HTMLElement && each.dataset.field === label)
      if (row instanceof HTMLElement) {
        row.dataset.led = ''
        row.tabIndex = -1
        row.focus({ preventScroll: true })
        row.scrollIntoView({ block: 'center' })
      }
    }
  }
}

/**
 * Allows line breaks after the dots of a long name, where it reads best.
 *
 * @param {string} value
 */
const breakable = (value) => (value.match(/[^.@]*[.@]?/g) ?? []).flatMap((piece) => [piece, make('wbr')])

/**
 * @param {Wire.PhoneChoice} choice
 * @param {Wire.PhoneField} field
 * @param {Context} context
 */
function copyButton(choice, { label, value }, { signal }) {
  const button = make('button', '', 'button')
  button.type = 'button'
  button.dataset.variant = 'small'
  button.dataset.action = 'copy-field'
  const word = make('span', texts.app.copy)
  button.append(icon('copy'), word)
  button.setAttribute('aria-label', texts.app.copyNamed(label))
  button.addEventListener('click', oneAtATime(async () => {
    try {
      await ipc.copyPhoneField({ choice, label })
      announce(value === null ? texts.app.copiedSecret : texts.app.copied)
      button.dataset.state = 'done'
      word.textContent = texts.phones.copied
      button.replaceChildren(icon('check'), word)
    } catch (error) {
      announceFailure(error)
    }
  }), { signal })
  return button
}
