/**
 * Runs a job on all selected SIP credentials: new passwords, or deletion.
 *
 * @import * as Wire from '../../ipc/types.js'
 * @import { Context } from '../../frame/screen.js'
 * @import { Actions } from './tasks.js'
 */
import * as ipc from '../../ipc/commands.js'
import { find, input, part } from '../../parts/dom.js'
import { setLabel } from '../../parts/field.js'
import { texts } from '../../texts/all.js'
import { whatStops } from './what-stops.js'

/**
 * Starts a job. If it needs a file, the system's dialog asks for it first; without one, nothing starts.
 *
 * @param {Context} context
 * @param {Wire.StartJob} asked
 * @param {Actions} actions
 */
export const beginJob = (context, asked, actions) => context.run(
  { stage: texts.many.beginning },
  async () => {
    const begun = await ipc.startJob(asked)
    if (begun) {
      actions.jobBegan()
    }
    return begun
  },
  { other_place: { act: () => void beginJob(context, asked, actions) } }).then((begun) => {
  if (begun !== undefined) {
    context.say(begun ? texts.many.begun : texts.many.nothingBegun)
  }
})

/**
 * @param {HTMLElement} place
 * @param {Context} context
 * @param {Wire.DeskSelected} selected
 * @param {number} rate REGISTERs a second of a check
 * @param {Actions} actions
 */
export function mountManyPasswords(place, context, selected, rate, actions) {
  const draw = (/** @type {Wire.DeskSelected} */ { count }) => {
    part(place, 'h2').textContent = texts.many.passwordsTitle(count)
  }
  whatStops(place, context, selected, rate, draw)
  submits(place, context, () => ({ work: 'new_passwords' }), actions)
}

/**
 * @param {HTMLElement} place
 * @param {Context} context
 * @param {Wire.DeskSelected} selected
 * @param {number} rate REGISTERs a second of a check
 * @param {Actions} actions
 */
export function mountManyDelete(place, context, selected, rate, actions) {
  const draw = (/** @type {Wire.DeskSelected} */ { count }) => {
    part(place, 'h2').textContent = texts.many.deleteTitle(count)
    setLabel(place, 'count', texts.many.deleteCount(count))
  }
  whatStops(place, context, selected, rate, draw)
  submits(place, context, () => ({ work: 'delete', count: input(place, '#count').value }), actions)
}

/**
 * @param {HTMLElement} place
 * @param {Context} context
 * @param {() => Wire.StartJob} asked
 * @param {Actions} actions
 */
function submits(place, context, asked, actions) {
  find(place, 'form', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault()
    void beginJob(context, asked(), actions)
  }, { signal: context.signal })
}
