/**
 * Step 7: everything on one page, without a secret.
 *
 * @import * as Wire from '../ipc/types.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, fillList, make, part } from '../parts/dom.js'
import { texts } from '../texts/all.js'
import { defineScreen } from '../frame/screen.js'
import { oneAtATime } from '../frame/work.js'
import { notice } from '../parts/banner.js'
import { copyButton } from '../parts/copy.js'
import { setupSheet } from '../parts/setup-sheet.js'
import { mayBeLeft } from '../frame/password-loss.js'

export const finish = defineScreen({
  id: 'finish',

  mount({ body, foot }, { summary }, context) {
    const { signal } = context
    const on = (/** @type {HTMLElement} */ place, /** @type {string} */ action, /** @type {() => Promise<void>} */ act) =>
      button(place, action).addEventListener('click', oneAtATime(() => act().catch(context.showFailure)), { signal })

    part(body, '[data-part="rows"]').replaceChildren(...summary.rows.map(({ name, value }, index) => {
      const row = make('tr')
      const header = make('th', name)
      header.scope = 'row'
      const cell = make('td', value, 'value')
      // The last row is the password's: it isn't on the page but can be copied until the journey is
      // finished.
      if (summary.passwordKnown && index === summary.rows.length - 1) {
        cell.append(' ', copyButton('password', name, signal))
      }
      row.append(header, cell)
      return row
    }))
    const checks = part(body, '[data-part="checks"]')
    checks.replaceChildren(...summary.checks.map((check) => {
      const item = make('li')
      item.append(notice(check))
      return item
    }))
    part(body, '[data-part="no-checks"]').hidden = summary.checks.length > 0
    fillList(part(body, '[data-part="left-open"]'), summary.leftOpen)
    part(body, '[data-part="left-open-part"]').hidden = summary.leftOpen.length === 0
    const wellDone = summary.checks.some(({ tone }) => tone === 'good')
      && !summary.checks.some(({ tone }) => tone === 'bad')
    part(body, '[data-part="mark"]').hidden = !wellDone
    part(body, 'h1').textContent = wellDone ? texts.finish.title : texts.finish.titleOpen

    setupSheet(part(body, '[data-part="sheet"]'), summary.passwordKnown, () => null, context)
    on(body, 'print', ipc.print)
    const leave = async (/** @type {() => Promise<Wire.Screen>} */ command) => {
      if (await mayBeLeft()) {
        await context.move(command)
      }
    }
    on(foot, 'set-up-another-phone', () => leave(ipc.setUpAnotherPhone))
    on(foot, 'finish-journey', () => leave(ipc.finishJourney))
  }
})
