/**
 * The batch check: its buttons, its rate, and its progress.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context } from '../frame/screen.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, find, focusedIn, input, part } from '../parts/dom.js'
import { texts } from '../texts/all.js'
import { setTone } from '../parts/banner.js'

/**
 * @typedef {object} Listeners
 * @property {() => void} progress
 * @property {() => Promise<unknown>} ended is awaited, so that the rows say what was found when the work ends
 */

/**
 * @param {HTMLElement} root
 * @param {Wire.DeskView} desk
 * @param {Context} context
 * @param {Listeners} listeners
 */
export function batchCheck(root, desk, context, listeners) {
  const { signal } = context
  const line = part(root, '[data-part="checking"]')
  const bar = find(line, 'progress', HTMLProgressElement)
  const stop = button(line, 'stop-check')
  const rate = input(root, '#rate')
  rate.value = String(desk.place.rate)

  const tell = (/** @type {string} */ sentence, /** @type {Wire.Tone} */ tone, /** @type {boolean} */ running) => {
    line.hidden = false
    setTone(line, tone)
    part(line, '.banner-sentence').textContent = sentence
    if (focusedIn(stop) && !running) {
      part(root, '[data-part="grid"]').focus()
    }
    stop.hidden = !running
    bar.hidden = !running
  }
  const told = (/** @type {Wire.DeskCheckReport} */ report) => tell(report.sentence, report.tone, false)

  const start = (/** @type {Wire.DeskWhich} */ which) => void context.run(
    { stage: texts.desk.checking },
    async (aborted) => {
      tell(texts.desk.checkBegins, 'plain', true)
      bar.removeAttribute('value')
      try {
        const report = await ipc.checkCredentials({ which, rate: Number(rate.value) || 0 }, (one) => {
          bar.max = one.total
          bar.value = one.done
          tell(texts.desk.progress(one.accepted, one.notAccepted, one.total - one.done), 'plain', true)
          listeners.progress()
        }, aborted)
        told(report)
        context.say(report.sentence)
      } catch (error) {
        line.hidden = true
        throw error
      } finally {
        await listeners.ended()
      }
    },
    { sign_in_again: { act: () => void context.move(ipc.signOutAtDesk) } })

  stop.addEventListener('click', () => context.stop(), { signal })
  button(root, 'check-selected').addEventListener('click', () => start({ which: 'selected' }), { signal })
  button(root, 'check-shown').addEventListener('click', () => start({ which: 'shown' }), { signal })
  if (desk.lastCheck) {
    told(desk.lastCheck)
  }

  return {
    start,
    /** Clears the outdated result of the last check. */
    forget: () => {
      line.hidden = true
    },
    /** REGISTERs per second, as typed. */
    rate: () => Number(rate.value) || 0,
    /**
     * @param {number} selected
     * @param {number} shown
     */
    counts: (selected, shown) => {
      const set = (/** @type {string} */ action, /** @type {string} */ text, /** @type {number} */ count) => {
        const control = button(root, action)
        control.textContent = text
        control.disabled = count === 0
      }
      set('check-selected', texts.desk.checkSelected(selected), selected)
      set('check-shown', texts.desk.checkShown(shown), shown)
    }
  }
}
