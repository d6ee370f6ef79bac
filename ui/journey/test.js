/**
 * Step 5, part 1: test the settings from this computer.
 *
 * @import * as Wire from '../ipc/types.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, find, part } from '../parts/dom.js'
import { texts } from '../texts/all.js'
import { defineScreen } from '../frame/screen.js'
import { checkOptions, otherKind, readOptions, typeAddress } from '../check/options.js'
import { checkResults } from '../check/results.js'
import { runCheck } from '../check/run.js'
import { replacePassword } from './replace-password.js'

export const test = defineScreen({
  id: 'test',

  mount({ body, foot }, { phone, lastCheck }, context) {
    const { signal } = context
    const next = button(foot, 'continue-to-phone')
    const form = find(body, '#check-form', HTMLFormElement)
    const all = {
      try_again: { act: () => form.requestSubmit() },
      type_address: { act: () => typeAddress(form) },
      ...otherKind(form),
      new_password: { act: () => void replacePassword(context) }
    }
    checkOptions(form, { transport: phone.transport, kind: 'full', address: '' })
    const results = checkResults(body, context, all)
    const tell = (/** @type {Wire.CheckReport} */ { verdict }) => {
      const passed = verdict.tone === 'good'
      part(form, '[data-action="check-registration"] span').textContent = texts.check.checkAgain
      next.textContent = passed ? texts.test.next : texts.test.nextWithout
      next.dataset.variant = passed ? 'primary' : ''
    }
    if (lastCheck) {
      results.draw(lastCheck, phone.dns)
      tell(lastCheck)
    }

    form.addEventListener('submit', (event) => {
      event.preventDefault()
      const asked = readOptions(form)
      void runCheck(context, results, {
        kind: asked.kind,
        ask: (kind, listen, stop) => ipc.checkRegistration({ ...asked, kind }, listen, stop),
        dnsOf: () => phone.dns,
        onReport: tell
      }, all)
    }, { signal })

    next.addEventListener('click', () => void context.move(ipc.continueToPhone), { signal })
  }
})
