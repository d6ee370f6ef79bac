/**
 * Runs one check and shows its messages as they arrive.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context, RecoveryOptions } from '../frame/screen.js'
 * @import { checkResults } from './results.js'
 */
import { texts } from '../texts/all.js'
import { allows } from './question.js'

/**
 * If a check needs consent, asks for it and runs the check again.
 *
 * @param {Context} context
 * @param {ReturnType<typeof checkResults>} results
 * @param {object} check
 * @param {Wire.CheckKind} check.kind
 * @param {(kind: Wire.CheckKind, listen: (line: Wire.MessageChartLine) => void, stop: AbortSignal) => Promise<Wire.CheckReport>} check.ask
 * @param {(report: Wire.CheckReport) => readonly Wire.DnsView[]} check.dnsOf the DNS records that belong to it
 * @param {(report: Wire.CheckReport) => void} check.onReport
 * @param {() => void} [check.onFailure] called where there is no report
 * @param {RecoveryOptions} recoveryOptions
 */
export async function runCheck(context, results, { kind, ask, dnsOf, onReport, onFailure = () => {} }, recoveryOptions) {
  const report = await context.run(
    {
      stage: texts.check.checking,
      cancelSays: kind === 'query' ? texts.check.lookCancel : texts.check.checkCancel
    },
    async (stop) => {
      results.clear()
      const report = await ask(kind, (line) => {
        if (!stop.aborted) {
          results.add(line)
        }
      }, stop)
      if (!context.signal.aborted) {
        results.draw(report, dnsOf(report))
        results.focus()
        onReport(report)
      }
      return report
    },
    recoveryOptions)
  if (!report && !context.signal.aborted) {
    onFailure()
  }
  const question = report?.question
  if (question && !context.signal.aborted && await allows(question)) {
    const next = question.about === 'realm' ? kind : 'replacing'
    await runCheck(context, results, { kind: next, ask, dnsOf, onReport, onFailure }, recoveryOptions)
  }
}
