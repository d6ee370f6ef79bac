/**
 * Which phones will stop working, determined by a check that disconnects no phone.
 *
 * @import * as Wire from '../../ipc/types.js'
 * @import { Context } from '../../frame/screen.js'
 */
import * as ipc from '../../ipc/commands.js'
import { fillList, part } from '../../parts/dom.js'
import { texts } from '../../texts/all.js'

/** REGISTERs per second for this single check. */
const RATE = 5

/**
 * Shows which phones will stop working, and returns them in sentences.
 *
 * @param {HTMLElement} place
 * @param {number} id
 * @param {Context} context
 */
export async function askPhones(place, id, context) {
  const line = part(place, '[data-part="phones-line"]')
  const list = part(place, '[data-part="phones"]')
  const section = part(place, '[data-part="phones-section"]')
  fillList(list, [])
  line.textContent = texts.credentials.asking
  const { tone, sentence, phones } = await phonesOf(id, context)
  if (!context.signal.aborted) {
    section.dataset.asked = tone
    line.textContent = sentence
    fillList(list, phones)
  }
  return [sentence, ...phones].filter(Boolean)
}

/**
 * Queries which phones will stop working.
 *
 * @param {number} id
 * @param {Context} context
 * @returns {Promise<{ tone: Wire.Tone, sentence: string, phones: string[] }>}
 */
export async function phonesOf(id, context) {
  const words = texts.credentials
  const asked = await context.run({ stage: words.asking, cancelSays: words.lookCancel }, async (stop) => {
    await ipc.checkCredentials({ which: { which: 'one', id }, rate: RATE }, () => {}, stop)
    return await ipc.deskCredential({ id })
  })
  const { verdict = null, bindings = [] } = asked ?? {}
  const tone = verdict?.tone ?? 'wait'
  if (tone !== 'good') {
    return { tone, sentence: words.phonesUnknown(verdict?.sentence ?? ''), phones: [] }
  }
  const phones = bindings.map(({ address }) => words.phoneStops(address))
  return { tone, sentence: phones.length > 0 ? '' : words.noPhones, phones }
}
