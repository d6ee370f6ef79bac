/**
 * The results of a check: the verdict, its evidence, and the messages.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context, RecoveryOptions } from '../frame/screen.js'
 */
import { part } from '../parts/dom.js'
import { clone } from '../parts/template.js'
import { verdictBanner } from '../parts/banner.js'
import { messageChart } from '../parts/message-chart.js'
import { bindingsTable } from './bindings.js'
import { drawDns } from './dns.js'
import { drawFacts } from './facts.js'
import { saveCheck } from './save.js'
import { drawTargets } from './targets.js'

/**
 * Creates the results area without its verdict in `[data-part="results"]`; it is empty until a check
 * runs.
 *
 * @param {HTMLElement} root
 * @param {Context} context
 */
export function checkDetails(root, context) {
  const place = part(root, '[data-part="results"]')
  place.replaceChildren(clone('check-results'))
  const bindings = bindingsTable(place)
  const chart = messageChart(place, context.signal)
  const cards = ['facts-card', 'targets-card', 'dns-card', 'save-card']
    .map((name) => part(place, `[data-part="${name}"]`))
  saveCheck(place, context)

  return {
    clear: () => {
      for (const card of cards) {
        card.hidden = true
      }
      chart.set([], [])
    },

    /** @param {Wire.MessageChartLine} line */
    add: (line) => chart.add(line),

    /**
     * @param {Wire.CheckReport} report
     * @param {readonly Wire.DnsView[]} dns
     */
    draw: (report, dns) => {
      drawFacts(place, report)
      part(place, '[data-part="listed"]').hidden = !report.listed
      bindings(report.bindings)
      drawTargets(place, report.targets)
      drawDns(place, dns)
      chart.set(report.messageChart, report.targets)
      part(place, '[data-part="save-card"]').hidden = report.messageChart.length === 0
    }
  }
}

/**
 * Creates the results area in `[data-part="results"]`; it is empty until a check runs.
 *
 * @param {HTMLElement} root
 * @param {Context} context
 * @param {RecoveryOptions} recoveryOptions
 */
export function checkResults(root, context, recoveryOptions) {
  const details = checkDetails(root, context)
  const verdict = part(root, '[data-part="verdict"]')

  return {
    add: details.add,

    clear: () => {
      verdict.replaceChildren()
      details.clear()
    },

    /**
     * @param {Wire.CheckReport} report
     * @param {readonly Wire.DnsView[]} dns
     */
    draw: (report, dns) => {
      verdict.replaceChildren(verdictBanner(report.verdict, recoveryOptions))
      details.draw(report, dns)
    },

    /** Moves the focus to the verdict. */
    focus: () => {
      part(verdict, '.banner-sentence').focus({ preventScroll: true })
      verdict.scrollIntoView({ block: 'start' })
    }
  }
}
