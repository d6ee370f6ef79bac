/**
 * What can keep the phone from registering, likeliest first.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context } from '../frame/screen.js'
 */
import * as ipc from '../ipc/commands.js'
import { make, part } from '../parts/dom.js'
import { cloneOne } from '../parts/template.js'
import { texts } from '../texts/all.js'
import { textAt } from '../texts/index.js'

/**
 * Draws the causes, and hides the list when there are none. Causes already shown stay in place, to keep the focus.
 *
 * @param {HTMLElement} card
 * @param {readonly Wire.PhoneCause[]} causes
 * @param {Context} context
 */
export function drawCauses(card, causes, context) {
  const list = part(card, '[data-part="cause-list"]')
  const now = JSON.stringify(causes)
  if (list.dataset.causes !== now) {
    list.dataset.causes = now
    list.replaceChildren(...causes.map((cause) => item(cause, context)))
  }
  card.hidden = causes.length === 0
}

/**
 * @param {Wire.PhoneCause} cause
 * @param {Context} context
 */
function item(cause, context) {
  const element = cloneOne('cause')
  const { title, hint, field } = told(cause)
  part(element, '.cause-title').textContent = title
  element.dataset.about = cause.about
  part(element, '.hint').textContent = hint
  if (field !== null) {
    element.append(showMe(field, context))
  }
  return element
}

/** What the phones' data says, by its name. */
const note = (/** @type {string} */ name) => textAt(`phoneNotes.${name}`)

/**
 * @param {Wire.PhoneCause} cause
 * @returns {{ title: string, hint: string, field: string | null }}
 */
export function told(cause) {
  const words = texts.wait
  switch (cause.about) {
    case 'general':
      return { title: cause.sentence, hint: '', field: null }
    case 'port':
      return { title: words.causePort(cause.port), hint: words.causePortHint(cause.field), field: cause.field }
    case 'press':
      return { title: words.causePress, hint: note(cause.text), field: null }
    case 'trap':
      return { title: note(cause.text), hint: cause.field === null ? '' : words.causeField(cause.field), field: cause.field }
  }
}

/**
 * @param {string} label
 * @param {Context} context
 */
function showMe(label, context) {
  const show = make('button', texts.wait.showMe, 'button')
  show.type = 'button'
  show.dataset.variant = 'quiet'
  show.dataset.action = 'show-me'
  show.setAttribute('aria-label', texts.app.actionOf(texts.wait.showMe, label))
  show.addEventListener('click', () => void context.move(() => ipc.showPhoneField({ label })), { signal: context.signal })
  return show
}
