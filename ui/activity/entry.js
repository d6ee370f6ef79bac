/**
 * The details of one exchange, shown beside the list.
 *
 * @import * as Wire from '../ipc/types.js'
 */
import { button, fillList, make, part } from '../parts/dom.js'
import { clock, when } from '../parts/format.js'
import { texts } from '../texts/all.js'
import { color } from '../parts/code.js'
import { fillPairs } from '../parts/pairs.js'
import { outcomeTag } from './activity-list.js'

/**
 * @typedef {object} Actions
 * @property {(id: number) => Promise<Wire.ActivityEntry>} ask
 * @property {(error: unknown) => void} failed
 * @property {() => void} closed moves the focus back to the list
 */

/**
 * @param {HTMLElement} pane
 * @param {Actions} actions
 * @param {AbortSignal} signal
 */
export function entryPane(pane, actions, signal) {
  /** @type {number | null} */
  let open = null

  function close() {
    open = null
    pane.hidden = true
    actions.closed()
  }

  button(pane, 'close-details').addEventListener('click', close, { signal })
  pane.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      event.preventDefault()
      close()
    }
  }, { signal })

  return {
    id: () => open,
    /** @param {number} id */
    show: async (id) => {
      open = id
      try {
        const entry = await actions.ask(id)
        if (open === id && !signal.aborted) {
          fill(pane, entry)
          pane.hidden = false
          part(pane, 'h2').focus({ preventScroll: true })
          pane.scrollIntoView({ block: 'nearest' })
        }
      } catch (error) {
        actions.failed(error)
      }
    }
  }
}

/**
 * @param {HTMLElement} pane
 * @param {Wire.ActivityEntry} entry
 */
function fill(pane, { row, meaning, causes, next, request, response, messages }) {
  const words = texts.activity
  const names = texts.activity.names
  part(pane, 'h2').textContent = row.title
  part(pane, '[data-part="outcome"]').replaceChildren(outcomeTag(row))
  part(pane, '[data-part="meaning"]').textContent = meaning
  fillList(part(pane, '[data-part="causes"]'), causes)
  part(pane, '[data-part="next"]').textContent = next ?? ''
  part(pane, '[data-part="next"]').hidden = !next
  fillPairs(part(pane, 'dl'), [
    [names.when, texts.activity.exactly(when(row.at, Date.now()), clock(row.at))],
    [names.kind, words.kinds[row.kind]],
    [names.account, row.account || words.unknown],
    [names.method, row.method || words.unknown],
    [names.address, row.address || words.unknown],
    [names.code, row.code || words.unknown],
    [names.took, texts.time.took(row.tookMs)]
  ])
  const bodies = messages.length > 0
    ? messages.flatMap((message) => block(messageTitle(message), message.text, message.plain))
    : [...block(words.request, request), ...block(words.response, response)]
  part(pane, '[data-part="bodies"]').replaceChildren(...bodies)
}

/** @param {Wire.MessageChartLine} message */
const messageTitle = ({ sent, label }) =>
  sent ? texts.activity.sent(label) : texts.activity.received(label)

/**
 * A title and a text in colors.
 *
 * @param {string} title
 * @param {string} text
 * @param {string} [plain]
 */
function block(title, text, plain) {
  if (!text) {
    return []
  }
  const code = make('pre', '', 'code')
  code.tabIndex = 0
  code.setAttribute('aria-label', title)
  code.append(color(text))
  const said = plain ? [make('p', plain, 'hint')] : []
  return [make('h3', title), ...said, code]
}
