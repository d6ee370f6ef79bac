/**
 * Actions on a realm: a form above the list, or the reason why it isn't possible and the alternative.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context } from '../frame/screen.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, find, focusedIn, input, part } from '../parts/dom.js'
import { focusField } from '../parts/field.js'
import { cloneOne } from '../parts/template.js'
import { texts } from '../texts/all.js'
import { drewView } from '../frame/presses.js'
import { notice } from '../parts/banner.js'
import { keepDrafts } from '../parts/drafts.js'

/**
 * @param {HTMLElement} root
 * @param {Wire.RealmForm} typed what was typed into the form of a new realm
 * @param {Context} context
 * @param {(report: Wire.RealmsReport) => void} report
 * @param {(realm: number) => void} toCredentials
 */
export function realmActions(root, typed, context, report, toCredentials) {
  const place = part(root, '[data-part="realm-action"]')
  let kept = typed
  let opened = new AbortController()
  /** @type {HTMLElement | SVGElement | null} */
  let from = null

  function close() {
    opened.abort()
    place.replaceChildren()
    place.hidden = true
    drewView()
    const back = from?.isConnected ? from : button(root, 'new-realm')
    back.focus()
  }

  /**
   * @param {string} template
   * @param {(content: HTMLElement) => void} fill
   */
  function show(template, fill) {
    const focused = focusedIn(root)
    if (focused && !place.contains(focused)) {
      from = focused
    }
    opened.abort()
    opened = new AbortController()
    context.clearFailure()
    part(root, '[data-part="notice"]').replaceChildren()
    const content = cloneOne(template)
    fill(content)
    place.replaceChildren(content)
    place.hidden = false
    drewView()
    button(content, 'close-action').addEventListener('click', close, { signal: opened.signal })
    content.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') {
        event.preventDefault()
        close()
      }
    }, { signal: opened.signal })
    part(content, 'h2').focus({ preventScroll: true })
    place.scrollIntoView({ block: 'nearest' })
    return content
  }

  /**
   * Submits the open form. If someone else has changed the realm, the change is shown and the form
   * stays.
   *
   * @param {HTMLElement} form
   * @param {{ stage: string, cancelSays: string }} work
   * @param {() => (stop: AbortSignal, stage: (line: string) => void) => Promise<Wire.RealmsReport>} read
   *   reads the form and returns what sends it
   * @param {(told: Wire.RealmsReport) => void} [changed]
   */
  function onSubmit(form, work, read, changed) {
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      const send = read()
      void context.run(work, async (stop, stage) => {
        const told = await send(stop, stage)
        report(told)
        if (told.conflict) {
          changed?.(told)
        } else {
          close()
        }
        context.say(told.notice?.sentence ?? '')
      }, {
        use_existing: { act: close },
        other_name: { act: () => focusField(input(place, '#name')) },
        sign_in_again: { act: () => void context.move(ipc.signOutAtDesk) }
      })
    }, { signal: opened.signal })
  }

  function make() {
    const form = show('realm-make', (content) => {
      input(content, '#name').value = kept.name
      input(content, '#description').value = kept.description
      input(content, '#default').checked = kept.default
    })
    const read = () => ({
      name: input(form, '#name').value,
      description: input(form, '#description').value,
      default: input(form, '#default').checked
    })
    const { signal } = opened
    keepDrafts(find(place, 'form', HTMLFormElement), () => {
      kept = read()
      return { form: 'desk_realm', draft: kept }
    }, { ...context, signal })
    onSubmit(form, { stage: texts.realm.creating, cancelSays: texts.realm.createCancel }, () => {
      const draft = read()
      return async (stop, stage) => {
        const told = await ipc.addRealm({ draft }, ({ sentence }) => stage(sentence), stop)
        kept = { name: '', description: '', default: false }
        return told
      }
    })
    input(form, '#name').focus()
  }

  /**
   * @param {string} template
   * @param {Wire.RealmCard} card
   * @param {(form: HTMLElement, precondition: Wire.RealmPrecondition) =>
   *   (stop: AbortSignal, stage: (line: string) => void) => Promise<Wire.RealmsReport>} read
   * @param {{ stage: string, cancelSays: string }} work
   */
  function change(template, card, read, work) {
    let precondition = preconditionOf(card)
    const form = show(template, (content) => {
      part(content, '[data-part="name"]').textContent = card.name
    })
    onSubmit(form, work, () => read(form, precondition), ({ realms }) => {
      const now = realms.find(({ id }) => id === card.id)
      precondition = now ? preconditionOf(now) : precondition
    })
    return form
  }

  /** @param {Wire.RealmCard} card */
  function describe(card) {
    const form = change('realm-describe', card, (form, precondition) => {
      const description = input(form, '#description').value
      return (stop) => ipc.changeRealm({ precondition, description, makeDefault: false }, stop)
    },
    { stage: texts.realms.changing, cancelSays: texts.realms.changeCancel })
    input(form, '#description').value = card.description
    input(form, '#description').focus()
  }

  /**
   * @param {Wire.RealmCard} card
   * @param {Wire.Notice} why
   */
  function barred(card, why) {
    const content = show('realm-barred', (content) => {
      part(content, 'h2').textContent = card.name
      part(content, '[data-part="why"]').replaceChildren(notice(why))
    })
    const toList = button(content, 'barred-credentials')
    toList.hidden = card.credentials === 0
    toList.addEventListener('click', () => toCredentials(card.id), { signal: opened.signal })
  }

  return {
    make,
    /**
     * @param {string} action
     * @param {Wire.RealmCard} card
     */
    open: (action, card) => {
      if (action === 'describe-realm') {
        describe(card)
      } else if (action === 'default-realm' && card.noDefault) {
        barred(card, card.noDefault)
      } else if (action === 'default-realm') {
        change('realm-default', card, (_, precondition) => (stop) => ipc.changeRealm(
          { precondition, description: precondition.description, makeDefault: true }, stop),
        { stage: texts.realms.changing, cancelSays: texts.realms.changeCancel })
      } else if (action === 'delete-realm' && card.noDelete) {
        barred(card, card.noDelete)
      } else if (action === 'delete-realm') {
        const form = change('realm-delete', card, (form, precondition) => {
          const typed = input(form, '#typed').value
          return (stop, stage) => ipc.deleteRealm({ precondition, typed }, ({ sentence }) => stage(sentence), stop)
        },
        { stage: texts.realms.deleting, cancelSays: texts.realms.deleteCancel })
        input(form, '#typed').focus()
      }
    }
  }
}

/**
 * @param {Wire.RealmCard} card
 * @returns {Wire.RealmPrecondition}
 */
const preconditionOf = ({ id, description, default: isDefault, credentials }) =>
  ({ id, description, default: isDefault, credentials })
