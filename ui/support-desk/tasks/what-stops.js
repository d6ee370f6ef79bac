/**
 * Which phones will stop working once all selected SIP credentials are changed, as far as the last
 * checks can tell, and a button to check first.
 *
 * @import * as Wire from '../../ipc/types.js'
 * @import { Context } from '../../frame/screen.js'
 */
import { checkCredentials, selectedCredentials } from '../../ipc/commands.js'
import { button, fillList, part } from '../../parts/dom.js'
import { clone } from '../../parts/template.js'
import { when } from '../../parts/format.js'
import { texts } from '../../texts/all.js'

/**
 * @param {HTMLElement} place
 * @param {Context} context
 * @param {Wire.DeskSelected} selected
 * @param {number} rate REGISTERs a second of a check
 * @param {(selected: Wire.DeskSelected) => void} drawn is told what is selected, now and after a check
 */
export function whatStops(place, context, selected, rate, drawn) {
  const words = texts.many
  const section = part(place, '[data-part="stops"]')
  section.replaceChildren(clone('what-stops'))

  const draw = (/** @type {Wire.DeskSelected} */ now) => {
    drawn(now)
    section.dataset.unknown = String(now.unknown)
    const kinds = /** @type {const} */ (['registered', 'free', 'unknown'])
    const lines = kinds.filter((kind) => now[kind] > 0).map((kind) => words.known[kind](now[kind]))
    fillList(part(section, '[data-part="stops-lines"]'), lines)
    const phones = now.phones.map(({ name, address }) => words.phone(name, address))
    const more = now.morePhones > 0 ? [words.more(now.morePhones)] : []
    fillList(part(section, '[data-part="stops-phones"]'), [...phones, ...more])
    const at = part(section, '[data-part="stops-at"]')
    at.hidden = now.checkedAt === null
    at.textContent = now.checkedAt === null ? '' : words.checkedAt(when(now.checkedAt, Date.now()))
  }

  const check = () => context.run(
    { stage: texts.desk.checking, cancelSays: words.checkCancel },
    async (stop, stage) => {
      await checkCredentials({ which: { which: 'selected' }, rate }, ({ done, total }) =>
        stage(words.checked(done, total)), stop)
      const now = await selectedCredentials()
      if (!context.signal.aborted) {
        draw(now)
      }
    },
    { try_again: { act: () => void check() } })

  button(section, 'check-first').addEventListener('click', () => void check(), { signal: context.signal })
  draw(selected)
}
