/** Step 1: what is needed, and who to ask for it. */
import * as ipc from '../ipc/commands.js'
import { button, part } from '../parts/dom.js'
import { defineScreen } from '../frame/screen.js'
import { copyFrom } from '../parts/copy.js'

export const prepare = defineScreen({
  id: 'prepare',

  mount({ body, foot }, { head, salesText, supportText }, context) {
    const { signal } = context

    part(body, '[data-part="practice-note"]').hidden = !head.practice
    part(body, '[data-part="sales_text"]').textContent = salesText
    part(body, '[data-part="support_text"]').textContent = supportText
    copyFrom(button(body, 'copy-sales-text'), 'sales_text', signal)
    copyFrom(button(body, 'copy-support-text'), 'support_text', signal)

    button(foot, 'continue-to-sign-in').addEventListener('click', () => void context.move(ipc.continueToSignIn), { signal })
  }
})
