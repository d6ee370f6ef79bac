/**
 * The desk's rail: all accounts with the open one marked, and its realms.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context } from '../frame/screen.js'
 */
import { button, focusedIn, part } from '../parts/dom.js'
import { clone, cloneOne } from '../parts/template.js'
import { texts } from '../texts/all.js'

/**
 * @typedef {object} Choices
 * @property {(account: string) => void} account
 * @property {(realm: number | null) => void} realm
 * @property {() => void} manage opens the realms
 */

/**
 * @param {Wire.DeskView} desk
 * @param {Choices} choose
 * @param {Context} context
 */
export function sidebar(desk, choose, context) {
  const { signal } = context
  const own = context.showSidebar(clone('desk-sidebar'), texts.desk.rail)
  const open = desk.accounts.find((account) => account.open)
  context.showAccount(open?.name ?? '', open?.number ?? null)
  part(own, '[data-part="accounts"]').replaceChildren(...desk.accounts.map((account) => {
    const item = cloneOne('desk-account')
    const control = button(item, 'open-desk')
    item.dataset.account = account.id
    part(item, '.rail-name').textContent = account.name
    part(item, '.rail-note').textContent = account.open
      ? texts.desk.openNow
      : texts.desk.accountNote(account.number, texts.environments[account.environment])
    if (account.open) {
      control.setAttribute('aria-current', 'true')
    }
    control.addEventListener('click', () => {
      if (!account.open) {
        choose.account(account.id)
      }
    }, { signal })
    return item
  }))

  button(own, 'open-realms').addEventListener('click', () => choose.manage(), { signal })
  button(own, 'open-realms').hidden = desk.asksFor !== null
  const list = part(own, '[data-part="realms"]')
  list.addEventListener('click', (event) => {
    const control = event.target instanceof Element ? event.target.closest('button') : null
    if (control) {
      choose.realm(control.dataset.realm ? Number(control.dataset.realm) : null)
    }
  }, { signal })

  return {
    /**
     * @param {Wire.DeskState} state
     * @param {number | null} chosen
     */
    draw: (state, chosen) => {
      const focused = focusedIn(list)?.dataset.realm
      const all = { id: null, name: texts.desk.allRealms, listed: state.listed, loaded: state.loaded, tone: null }
      list.replaceChildren(...[all, ...state.realms].map((realm) => realmItem(realm, chosen)))
      if (focused !== undefined) {
        const again = list.querySelector(`[data-realm="${CSS.escape(focused)}"]`)
        if (again instanceof HTMLElement) {
          again.focus({ preventScroll: true })
        }
      }
    }
  }
}

/**
 * @param {{ id: number | null, name: string, listed: number, loaded: number, tone: Wire.Tone | null }} realm
 * @param {number | null} chosen
 */
function realmItem(realm, chosen) {
  const item = cloneOne('desk-realm')
  const control = button(item, 'filter-realm')
  control.dataset.realm = realm.id === null ? '' : String(realm.id)
  control.setAttribute('aria-pressed', String(realm.id === chosen))
  control.title = realm.name
  part(item, '.rail-name').textContent = realm.name
  const count = part(item, '.rail-count')
  count.textContent = realm.loaded === realm.listed
    ? texts.desk.count(realm.listed)
    : texts.desk.countOf(realm.loaded, realm.listed)
  if (realm.tone) {
    count.dataset.tone = realm.tone
  }
  return item
}
