/**
 * Pings the registrar and shows each round trip.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context, RecoveryOptions } from '../frame/screen.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, icon, make, part } from '../parts/dom.js'
import { cloneOne } from '../parts/template.js'
import { milliseconds } from '../parts/format.js'
import { texts } from '../texts/all.js'
import { setTone, toneIcon } from '../parts/banner.js'
import { pingNumbers } from './ping-times.js'

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @param {() => Wire.CheckDraft} read
 * @param {RecoveryOptions} recoveryOptions
 */
export function pingPart(root, context, read, recoveryOptions) {
  const place = part(root, '[data-part="ping"]')
  const start = button(root, 'ping-registrar')
  const ping = () => void context.run(
    { stage: texts.check.pinging, cancelSays: texts.check.lookCancel },
    async (stop) => {
      const report = await ipc.pingRegistrar({ draft: read() }, stop)
      if (!context.signal.aborted) {
        place.hidden = false
        place.replaceChildren(drawn(report))
        place.scrollIntoView({ block: 'nearest' })
        context.say(`${report.sentence} ${words(report)}`)
      }
    },
    { ...recoveryOptions, try_again: { act: () => start.click() } })
  start.addEventListener('click', ping, { signal: context.signal })
}

/** @param {Wire.PingReport} report */
function words({ timesMs }) {
  const { sent, came, times } = pingNumbers(timesMs)
  const spread = times
    ? `${texts.check.pingWords(milliseconds(times.least), milliseconds(times.middle), milliseconds(times.most))} `
    : ''
  return spread + (came === sent ? texts.check.pingAllCame(sent) : texts.check.pingSomeCame(came, sent))
}

/** @param {Wire.PingReport} report */
function drawn(report) {
  const ping = cloneOne('ping')
  setTone(ping, report.tone)
  part(ping, '.said-sentence').textContent = report.sentence
  part(ping, '.ping-times').replaceChildren(...report.timesMs.map((time) => {
    const item = make('li', '', 'ping-time')
    if (time === null) {
      const sign = icon('cross')
      toneIcon(sign, 'bad')
      item.append(sign)
    }
    item.dataset.tone = time === null ? 'bad' : 'good'
    item.append(make('span', time === null ? texts.check.pingLost : milliseconds(time)))
    return item
  }))
  part(ping, '.hint').textContent = words(report)
  return ping
}
