/** Step 5, part 3: wait for the phone. */
import * as ipc from '../ipc/commands.js'
import { button } from '../parts/dom.js'
import { texts } from '../texts/all.js'
import { defineScreen } from '../frame/screen.js'
import { watchPhone } from './phone-watch.js'

export const wait = defineScreen({
  id: 'wait',

  mount({ body, foot }, { head, registered }, context) {
    const next = button(foot, 'continue-to-call')
    const { watch } = watchPhone(body, {
      practice: head.practice,
      registered,
      context,
      onRegistered: () => {
        next.textContent = texts.wait.next
        next.dataset.variant = 'primary'
      }
    })
    if (registered === null) {
      void watch()
    }
    next.addEventListener('click', () => void context.move(ipc.continueToCall), { signal: context.signal })
  }
})
