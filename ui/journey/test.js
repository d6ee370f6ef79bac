/**
 * Step 5, part 1: test the settings from this computer. There is one button for what comes next, and one
 * banner for what was found; the evidence and the options are under Details.
 *
 * @import * as Wire from '../ipc/types.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, find, part } from '../parts/dom.js'
import { texts } from '../texts/all.js'
import { defineScreen } from '../frame/screen.js'
import { checkOptions, chosenTransport, otherKind, readOptions, typeAddress } from '../check/options.js'
import { checkDetails } from '../check/results.js'
import { runCheck } from '../check/run.js'
import { replacePassword } from './replace-password.js'
import { drawRoute } from './route.js'
import { fixOf, outcomeBanner } from './test-outcome.js'

export const test = defineScreen({
  id: 'test',

  mount({ body, foot }, { phone, lastCheck, detailsOpen }, context) {
    const { signal } = context
    const form = find(body, '#check-form', HTMLFormElement)
    const details = find(body, '[data-part="details"]', HTMLDetailsElement)
    const without = button(foot, 'continue-without-test')
    const primary = button(foot, 'check-registration')
    const start = () => form.requestSubmit()
    const next = () => void context.move(ipc.continueToPhone)
    const all = {
      try_again: { act: start },
      type_address: {
        act: () => {
          details.open = true
          typeAddress(form)
        }
      },
      ...otherKind(form),
      new_password: { act: () => void replacePassword(context) }
    }
    checkOptions(form, { transport: phone.transport, kind: 'query', address: '' })
    const results = checkDetails(body, context)

    let act = start
    const setPrimary = (/** @type {string} */ action, /** @type {string} */ text, /** @type {() => void} */ does) => {
      primary.dataset.action = action
      primary.textContent = text
      act = does
    }
    const draw = (/** @type {Wire.CheckReport | null} */ report, /** @type {number | null} */ at = null) => {
      const tone = report?.verdict.tone ?? 'plain'
      const fix = report && fixOf(report.verdict)
      drawPlaces(part(body, '[data-part="route"]'), { phone, transport: chosenTransport(form), wire: tone })
      const banner = report && outcomeBanner(report, { at, fix, passwordKnown: phone.passwordLength !== null }, all)
      for (const [place, holds] of /** @type {const} */ ([['outcome', tone !== 'bad'], ['failed', tone === 'bad']])) {
        part(body, `[data-part="${place}"]`).replaceChildren(...(banner && holds ? [banner] : []))
      }
      if (banner) {
        button(banner, 'check-again').addEventListener('click', start)
      }
      part(details, '[data-part="details-now"]').textContent = summary(report, phone.dns)
      without.hidden = report !== null && fix === null
      without.textContent = report ? texts.test.nextWithout : texts.test.nextUntested
      if (!report) {
        setPrimary('check-registration', texts.test.start, start)
      } else if (fix) {
        const known = all[fix]
        setPrimary(`fix-${fix}`, fix === 'try_again' ? texts.test.again : texts.failure.recoveryOptions[fix],
          known ? known.act : start)
      } else {
        setPrimary('continue-to-phone', texts.test.next, next)
      }
    }
    const show = (/** @type {Wire.CheckReport} */ report) => results.draw(report, phone.dns)

    if (lastCheck) {
      show(lastCheck)
    }
    draw(lastCheck)
    details.open = detailsOpen
    details.addEventListener('toggle', () => {
      if (details.open !== detailsOpen) {
        detailsOpen = details.open
        ipc.keepTestDetails({ open: details.open }).catch(context.showFailure)
      }
    }, { signal })

    form.addEventListener('input', () => {
      results.clear()
      draw(null)
    }, { signal })
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      const asked = readOptions(form)
      void runCheck(context, {
        clear: () => {
          results.clear()
          draw(null)
          primary.textContent = texts.test.testing
          drawPlaces(part(body, '[data-part="route"]'), { phone, transport: asked.transport, wire: 'moves' })
        },
        add: results.add,
        draw: show,
        // The focus stays, because the banner is announced.
        focus: () => {}
      }, {
        kind: asked.kind,
        ask: (kind, listen, stop) => ipc.checkRegistration({ ...asked, kind }, listen, stop),
        dnsOf: () => phone.dns,
        onReport: (report) => draw(report, Date.now()),
        onFailure: () => draw(null)
      }, all)
    }, { signal })

    primary.addEventListener('click', () => act(), { signal })
    without.addEventListener('click', next, { signal })
  }
})

/**
 * @param {HTMLElement} place
 * @param {{ phone: Wire.PhoneSettings, transport: Wire.TransportName, wire: Wire.Tone | 'moves' }} now
 */
function drawPlaces(place, { phone, transport, wire }) {
  const words = texts.test
  const tone = wire === 'moves' ? 'plain' : wire
  const name = transport.toUpperCase()
  const known = phone.port !== null && transport === phone.transport
  drawRoute(place, [
    { icon: 'computer', name: words.computer, hint: words.as(phone.userName), tone: tone === 'good' ? 'good' : 'plain' },
    { icon: 'server', name: words.bandwidth, hint: known ? words.portAndTransport(phone.port ?? 0, name) : name, tone }
  ], [{ tone: wire }])
}

/**
 * Returns what is under Details.
 *
 * @param {Wire.CheckReport | null} report
 * @param {readonly Wire.DnsView[]} dns
 */
function summary(report, dns) {
  const words = texts.test
  const differs = dns.some(({ tone }) => tone === 'bad' || tone === 'wait')
  return words.join([
    ...(report ? [words.messages(report.messageChart.length)] : []),
    ...(report && dns.length > 0 ? [differs ? words.dnsDiffers : words.dnsMatches] : []),
    words.options
  ])
}
