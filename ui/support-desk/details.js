/**
 * The details of one SIP credential, shown beside the list.
 *
 * @import * as Wire from '../ipc/types.js'
 */
import { button, fillList, focusedIn, part } from '../parts/dom.js'
import { when } from '../parts/format.js'
import { texts } from '../texts/all.js'
import { verdictBanner } from '../parts/banner.js'
import { fillPairs } from '../parts/pairs.js'

/**
 * @typedef {object} Actions
 * @property {(id: number) => Promise<Wire.DeskCredential>} ask
 * @property {(id: number) => void} check
 * @property {(id: number) => void} why
 * @property {(id: number) => void} newPassword
 * @property {(id: number) => void} setUp sets up a phone
 * @property {(id: number) => void} move
 * @property {(id: number) => void} remove
 * @property {(id: number) => void} save saves evidence of one
 * @property {() => void} closed moves the focus back to the list
 */

/**
 * @param {HTMLElement} pane
 * @param {Actions} actions
 * @param {AbortSignal} signal
 */
export function detailsPane(pane, actions, signal) {
  /** @type {number | null} */
  let open = null

  async function draw() {
    const id = open
    if (id === null) {
      return
    }
    try {
      const credential = await actions.ask(id)
      if (open === id && !signal.aborted) {
        fill(pane, credential)
        pane.hidden = false
      }
    } catch {
      // It is no longer in the list.
      const focused = focusedIn(pane) !== null
      open = null
      pane.hidden = true
      if (focused) {
        actions.closed()
      }
    }
  }

  function close() {
    open = null
    pane.hidden = true
    actions.closed()
  }

  button(pane, 'close-details').addEventListener('click', close, { signal })
  /** @type {[string, (id: number) => void][]} */
  const buttons = [
    ['check-one', actions.check],
    ['diagnose-password', actions.why],
    ['desk-new-password', actions.newPassword],
    ['set-up-phone', actions.setUp],
    ['move-credential', actions.move],
    ['delete-credential', actions.remove],
    ['save-credential', actions.save]
  ]
  for (const [action, act] of buttons) {
    button(pane, action).addEventListener('click', () => {
      if (open !== null) {
        act(open)
      }
    }, { signal })
  }
  pane.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      event.preventDefault()
      close()
    }
  }, { signal })

  return {
    refresh: draw,
    /** @param {number} id */
    show: async (id) => {
      open = id
      await draw()
      part(pane, 'h2').focus({ preventScroll: true })
      pane.scrollIntoView({ block: 'nearest' })
    }
  }
}

/**
 * @param {HTMLElement} pane
 * @param {Wire.DeskCredential} credential
 */
function fill(pane, { row, composite, hashes, verdict, target, bindings }) {
  const names = texts.desk.names
  part(pane, 'h2').textContent = composite
  fillPairs(part(pane, 'dl'), [
    [names.userName, composite],
    [names.realm, row.realm],
    [names.application, row.application || texts.desk.none],
    [names.id, String(row.id)],
    [names.hashes, hashes]
  ])
  const result = part(pane, '[data-part="result"]')
  part(pane, '[data-part="unchecked"]').hidden = verdict !== null
  result.replaceChildren(...(verdict ? [verdictBanner(verdict, {})] : []))
  const at = row.result ? texts.desk.checkedAt(when(row.result.at, Date.now()), target) : ''
  part(pane, '[data-part="checked-at"]').textContent = at
  part(pane, '[data-part="bindings"]').hidden = verdict === null
  fillList(part(pane, '[data-part="binding-list"]'), bindings.map(({ address, expires }) =>
    texts.desk.binding(address, texts.time.seconds(expires))))
  part(pane, '[data-part="no-bindings"]').hidden = bindings.length > 0
}
