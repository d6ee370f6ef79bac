/**
 * What a phone's page says of one dialect.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context } from '../frame/screen.js'
 * @import { PageActions } from './page.js'
 */
import { find, make, part } from '../parts/dom.js'
import { clone } from '../parts/template.js'
import { texts } from '../texts/all.js'
import { fileCard, wayOut } from './file-card.js'
import { note, trap } from './note.js'
import { qrCode } from './qr-code.js'
import { fieldRows } from './value-rows.js'

/**
 * @typedef {object} Facts
 * @property {Wire.PhoneRow} phone
 * @property {Wire.PhoneDialect} dialect
 * @property {Wire.PhonePage} page
 */

/**
 * @param {HTMLElement} root
 * @param {Facts} facts
 * @param {Context} context
 * @param {PageActions} actions
 */
export function drawFacts(root, { phone, dialect, page }, context, actions) {
  root.replaceChildren(clone('phone-facts'))
  const choice = /** @type {const} */ ({ kind: 'listed', phone: phone.id, dialect: dialect.id })
  const byHand = find(root, '[data-part="by-hand"]', HTMLDetailsElement)
  const asks = page.replacesAccounts && (page.file !== null || page.qr !== null)
  const hasFields = page.fields.length > 0

  steps(root, 'open', page.open)
  steps(root, 'press', page.press)
  const notes = part(root, '[data-part="notes"]')
  if (page.refusal !== null) {
    notes.append(trap(page.refusal.sentence, 'bad'), ...(page.refusal.ofPassword ? [wayOut(actions, context)] : []))
  }
  if (!page.portKnown) {
    notes.append(trap(texts.phones.portUnknown))
  }
  if (!asks) {
    notes.append(...page.traps.map((name) => trap(note(name))))
  }
  for (const name of ['open', 'fields', 'press']) {
    part(root, `[data-part="${name}"]`).hidden = !hasFields
  }
  byHand.hidden = !hasFields && notes.childElementCount === 0
  part(root, '[data-part="not-tried"]').hidden = page.sureness !== 'general'
  const rows = fieldRows(part(root, '[data-part="values"]'), { choice, page }, context, actions)

  const aside = part(root, '[data-part="aside"]')
  const file = fileCard(part(root, '[data-part="file"]'), { choice, page }, context, actions)
  const qr = part(root, '[data-part="qr"]')
  const code = qrCode(qr, { choice, page }, context)
  const others = (/** @type {boolean} */ shown) => {
    file.hidden = !shown || page.file === null || page.refusal !== null
    aside.hidden = file.hidden
    qr.hidden = !shown || page.qr === null
    if (qr.hidden) {
      code.leave()
    }
    root.dataset.loads = String(shown)
  }
  others(!asks)
  if (asks) {
    accountQuestion(root, phone, page, context, (isNew) => {
      others(isNew)
      byHand.open = !isNew
      part(byHand, 'summary').hidden = !isNew
      byHand.hidden = false
    })
    byHand.open = false
    byHand.hidden = true
  } else {
    part(byHand, 'summary').hidden = true
  }

  const seen = () => (byHand.open && !byHand.hidden ? rows.show() : rows.hide())
  byHand.addEventListener('toggle', seen, { signal: context.signal })
  seen()
  return rows
}

/**
 * @param {HTMLElement} root
 * @param {'open' | 'press'} name
 * @param {readonly string[]} names
 */
function steps(root, name, names) {
  part(root, `[data-part="${name}-steps"]`).append(...names.map((each) => make('li', note(each))))
  part(root, `[data-part="${name}-steps"]`).hidden = names.length === 0
  part(root, `[data-part="${name}-manual"]`).hidden = names.length > 0
}

/**
 * A file or a code would replace what is there, so the person is asked first; nothing is chosen.
 *
 * @param {HTMLElement} root
 * @param {Wire.PhoneRow} phone
 * @param {Wire.PhonePage} page
 * @param {Context} context
 * @param {(isNew: boolean) => void} onAnswer
 */
function accountQuestion(root, phone, page, context, onAnswer) {
  const card = part(root, '[data-part="account"]')
  card.hidden = false
  part(card, '[data-part="account-title"]').textContent = texts.phones.accountTitle(phone.name)
  part(card, '[data-part="account-legend"]').textContent = texts.phones.accountTitle(phone.name)
  const warn = (/** @type {readonly string[]} */ sentences) =>
    part(card, '[data-part="replaced-traps"]').replaceChildren(...sentences.map((sentence) => make('li', sentence)))
  warn(page.traps.map(note))
  card.addEventListener('change', () => {
    const isNew = find(card, 'input:checked', HTMLInputElement).value === 'no'
    warn(isNew ? page.traps.map(note) : [texts.phones.replacedText(phone.name)])
    onAnswer(isNew)
  }, { signal: context.signal })
}
