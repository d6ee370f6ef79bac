/**
 * Which phones stop working: the registrar is asked by a check that disturbs nothing.
 *
 * @import { Context } from '../../screen.js'
 */
import * as ipc from '../../ipc/commands.js'
import { fillList, part } from '../../dom.js'
import { texts } from '../../locales/all.js'

/** REGISTERs a second of this one check. */
const RATE = 5

/**
 * @param {HTMLElement} place
 * @param {number} id
 * @param {Context} context
 */
export async function askPhones(place, id, context) {
  const words = texts.credentials
  const line = part(place, '[data-part="phones-line"]')
  const list = part(place, '[data-part="phones"]')
  const section = part(place, '[data-part="phones-section"]')
  fillList(list, [])
  line.textContent = words.asking
  const asked = await context.run({ stage: words.asking, cancelSays: words.lookCancel }, async (stop) => {
    await ipc.checkCredentials({ which: { which: 'one', id }, rate: RATE }, () => {}, stop)
    return await ipc.deskCredential({ id })
  })
  if (context.signal.aborted) {
    return
  }
  const { verdict = null, bindings = [] } = asked ?? {}
  section.dataset.asked = verdict?.tone ?? 'wait'
  if (verdict?.tone !== 'good') {
    line.textContent = words.phonesUnknown(verdict?.sentence ?? '')
  } else {
    line.textContent = bindings.length > 0 ? '' : words.noPhones
    fillList(list, bindings.map(({ address }) => words.phoneStops(address)))
  }
}
