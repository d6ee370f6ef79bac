/**
 * The request panel: the request about to be sent, and previous ones.
 *
 * @import * as Wire from '../ipc/types.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, part } from '../parts/dom.js'
import { cloneOne } from '../parts/template.js'
import { texts } from '../texts/index.js'
import { color } from '../parts/code.js'
import { copyFrom } from '../parts/copy.js'
import { isFailure } from './screen.js'
import { oneAtATime } from './work.js'
import { announce } from './status-bar.js'

let wired = false
let asked = 0
/** Whether the panel is open, on screens of one task and on the others; `null` before the first one. */
const open = { calm: false, other: /** @type {boolean | null} */ (null) }
/** @type {keyof typeof open} */
let kind = 'other'

/**
 * @param {boolean} visible
 * @param {boolean} calm it starts closed, and opens only where the person wants it
 */
export function showRequestPanel(visible, calm) {
  part(document, '#request-panel').hidden = !visible
  kind = calm ? 'calm' : 'other'
  open.other ??= innerWidth >= 1080
  setOpen(open[kind] ?? false)
  if (!wired) {
    wired = true
    button(document, 'toggle-request-panel').addEventListener('click', () => {
      open[kind] = !isOpen()
      setOpen(open[kind] ?? false)
    })
    copyFrom(button(document, 'copy-curl'), 'curl')
    button(document, 'save-request-panel').addEventListener('click', oneAtATime(save))
  }
}

const isOpen = () => button(document, 'toggle-request-panel').getAttribute('aria-expanded') === 'true'

/** @param {boolean} opened */
function setOpen(opened) {
  button(document, 'toggle-request-panel').setAttribute('aria-expanded', String(opened))
  part(document, '#request-panel-body').hidden = !opened
  part(document, '#request-panel').dataset.state = opened ? 'open' : 'closed'
}

/** Saves evidence of the open screen, and reports below where, or why not. */
async function save() {
  const said = part(document, '#request-panel-saved')
  try {
    const path = await ipc.saveEvidence({ of: { of: 'open' } })
    said.textContent = path === null ? texts.evidence.notSaved : texts.evidence.saved(path)
  } catch (error) {
    said.textContent = isFailure(error) ? `${error.sentence} ${error.next}` : texts.failure.unexpected
  }
  announce(said.textContent)
}

/** @param {string | null} request */
export function setPreview(request) {
  part(document, '#request-panel-next').hidden = request === null
  part(document, '#request-panel-preview').replaceChildren(color(request ?? ''))
}

/** Reloads the exchanges; an outdated response is dropped. */
export async function refreshRequestPanel() {
  if (part(document, '#request-panel').hidden) {
    return
  }
  const mine = ++asked
  try {
    const exchanges = await ipc.exchanges()
    if (mine === asked) {
      draw(exchanges)
    }
  } catch {
    // The panel is only informative; the failing command reports its own error.
  }
}

/** @param {readonly Wire.Exchange[]} exchanges */
function draw(exchanges) {
  const list = part(document, '#request-panel-list')
  const present = new Map([...list.children].map((item) => [item.id, item]))
  const newest = [...exchanges].sort((a, b) => b.id - a.id)
  list.replaceChildren(...newest.map((exchange) =>
    present.get(`exchange-${exchange.id}`) ?? exchangeItem(exchange)))
  part(document, '#request-panel-none').hidden = exchanges.length > 0
}

/** @param {Wire.Exchange} exchange */
function exchangeItem(exchange) {
  const item = cloneOne('exchange')
  item.id = `exchange-${exchange.id}`
  part(item, '.exchange-title').textContent = exchange.title
  part(item, '.tag').dataset.tone = exchange.tone
  part(item, '.tag').textContent = texts.tones[exchange.tone]
  part(item, '.exchange-time').textContent = texts.time.took(exchange.tookMs)
  // The texts may be long, so they are inserted when first opened.
  item.addEventListener('toggle', () => {
    part(item, '[data-part="request"]').replaceChildren(color(exchange.request))
    part(item, '[data-part="response"]').replaceChildren(color(exchange.response))
  }, { once: true })
  return item
}
