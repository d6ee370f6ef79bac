/**
 * The realms of the open account at the desk: create, describe, make default, delete.
 *
 * @import * as Wire from '../ipc/types.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, icon, make, part } from '../parts/dom.js'
import { cloneOne } from '../parts/template.js'
import { openDesk } from '../support-desk/open.js'
import { filterOf } from '../support-desk/filters.js'
import { sidebar } from '../support-desk/sidebar.js'
import { texts } from '../texts/all.js'
import { defineScreen } from '../frame/screen.js'
import { notice } from '../parts/banner.js'
import { realmActions } from './realm-actions.js'

export const realms = defineScreen({
  id: 'realms',

  mount({ body }, { desk, realms, form }, context) {
    const { signal } = context
    const list = part(body, '[data-part="realm-list"]')
    /** @type {readonly Wire.RealmCard[]} */
    let cards = realms

    const toCredentials = (/** @type {number | null} */ realm) => void context.move(async () => {
      await ipc.deskRows({ ...filterOf(desk.place), offset: 0, count: 1, realm })
      return await ipc.openCredentials()
    })
    const rail = sidebar(desk, {
      account: (account) => openDesk(context, account),
      realm: toCredentials,
      manage: () => context.focusHeading()
    }, context)
    rail.draw(desk.state, null)

    const draw = (/** @type {readonly Wire.RealmCard[]} */ now) => {
      cards = now
      part(body, '[data-part="empty"]').hidden = cards.length > 0
      list.replaceChildren(...cards.map(realmItem))
    }
    const report = (/** @type {Wire.RealmsReport} */ told) => {
      draw(told.realms)
      rail.draw(told.state, null)
      part(body, '[data-part="notice"]').replaceChildren(...(told.notice ? [notice(told.notice)] : []))
    }
    const actions = realmActions(body, form, context, report, toCredentials)

    list.addEventListener('click', (event) => {
      const control = event.target instanceof Element ? event.target.closest('button') : null
      const card = cards.find(({ id }) => String(id) === control?.closest('li')?.dataset.realm)
      if (!control || !card) {
        return
      }
      if (control.dataset.action === 'show-credentials') {
        toCredentials(card.id)
      } else {
        actions.open(control.dataset.action ?? '', card)
      }
    }, { signal })
    button(body, 'new-realm').addEventListener('click', () => actions.make(), { signal })
    button(body, 'open-credentials').addEventListener('click', () => toCredentials(desk.place.realm), { signal })

    const look = () => void context.run(
      { stage: texts.realms.looking, cancelSays: texts.realms.lookCancel },
      async (stop) => report(await ipc.listRealms(stop)),
      { sign_in_again: { act: () => void context.move(ipc.signOutAtDesk) } })
    button(body, 'list-realms').addEventListener('click', look, { signal })
    context.onKey((event) => {
      if (event.key === 'F5' || ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'r')) {
        event.preventDefault()
        look()
      }
    })

    draw(realms)
    if (form.name !== '' || form.description !== '') {
      actions.make()
    }
    // No work can start before the move that opens this screen has ended.
    setTimeout(look)
  }
})

/** @param {Wire.RealmCard} card */
function realmItem(card) {
  const item = cloneOne('realm-card')
  item.dataset.realm = String(card.id)
  part(item, 'h2').textContent = card.name
  part(item, '[data-part="description"]').textContent = card.description || texts.realms.noDescription
  part(item, '[data-part="count"]').textContent = texts.realms.count(card.credentials)
  const status = make('span', '', 'tag')
  status.dataset.tone = card.tone
  status.append(icon(card.tone === 'good' ? 'check' : card.tone === 'bad' ? 'cross' : 'warn'), make('span', card.status))
  part(item, '.tags').append(...(card.default ? [make('span', texts.realms.default, 'tag')] : []), status)
  for (const control of item.querySelectorAll('button')) {
    control.setAttribute('aria-label', texts.app.actionOf(control.textContent ?? '', card.name))
  }
  return item
}
