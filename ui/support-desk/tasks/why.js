/**
 * 'Why doesn't this password work?': the cause in one sentence, and one button to fix it.
 *
 * @import * as Wire from '../../ipc/types.js'
 * @import { Context } from '../../frame/screen.js'
 * @import { Actions } from './tasks.js'
 */
import * as ipc from '../../ipc/commands.js'
import { button, find, input, part } from '../../parts/dom.js'
import { texts } from '../../texts/all.js'
import { oneAtATime } from '../../frame/work.js'
import { notice, verdictBanner } from '../../parts/banner.js'
import { confirm } from '../../frame/confirm.js'
import { canBeShown, forgetWhenLeft } from '../../parts/secret-view.js'
import { phonesOf } from './phones.js'

/**
 * @param {HTMLElement} place
 * @param {Context} context
 * @param {Wire.DeskCredential} credential
 * @param {Actions} actions
 */
export function mountWhy(place, context, { row, composite }, actions) {
  const words = texts.credentials
  const { signal } = context
  const field = input(place, '#password')
  const result = part(place, '[data-part="why"]')
  const repair = button(place, 'repair-hashes')
  const check = button(place, 'check-it')
  part(place, '.lead').textContent = words.whyLead(composite, row.realm)

  const show = (/** @type {HTMLElement} */ banner, /** @type {boolean} */ repairable) => {
    result.replaceChildren(banner)
    repair.hidden = !repairable
    check.hidden = repairable
    result.focus({ preventScroll: true })
    result.scrollIntoView({ block: 'nearest' })
  }

  find(place, 'form', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault()
    const password = field.value
    void context.run({ stage: words.comparing, cancelSays: words.lookCancel }, async (stop) => {
      const why = await ipc.diagnosePassword({ id: row.id, password }, stop)
      show(verdictBanner(why.verdict, {}), why.repairable)
      context.say(why.verdict.sentence)
    }, { try_again: { act: () => field.select() } })
  }, { signal })

  // The finding applies to the password that was compared, and so does storing it.
  field.addEventListener('input', () => {
    result.replaceChildren()
    repair.hidden = true
    check.hidden = true
  }, { signal })
  canBeShown(field, button(place, 'show-typed'), context)
  forgetWhenLeft(field, signal)

  const replace = oneAtATime(async () => {
    const { sentence, phones } = await phonesOf(row.id, context)
    const sure = !signal.aborted && await confirm({
      title: words.replaceTitle(composite),
      text: words.replaceText,
      list: [sentence, ...phones].filter(Boolean),
      yes: words.replaceYes,
      danger: true
    })
    if (sure) {
      await context.run(
        { stage: words.repairing, cancelSays: words.repairCancel },
        async (stop) => {
          const told = await ipc.repairHashes({ id: row.id }, stop)
          show(notice(told), false)
          context.say(told.sentence)
          actions.changed()
        })
    }
  })
  repair.addEventListener('click', () => void replace(), { signal })

  check.addEventListener('click', () => actions.check(row.id), { signal })
}
