/**
 * Waits for the phone: polls the bindings until the phone's own appears.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context } from '../frame/screen.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, fillList, part } from '../parts/dom.js'
import { texts } from '../texts/all.js'
import { oneAtATime } from '../frame/work.js'
import { notice } from '../parts/banner.js'
import { asFailure } from '../parts/failure.js'
import { refreshRequestPanel } from '../frame/request-panel.js'

/**
 * @param {HTMLElement} root
 * @param {{ practice: boolean, registered: string | null, context: Context, onRegistered: () => void }} options
 */
export function watchPhone(root, { practice, registered, context, onRegistered }) {
  const { signal } = context
  const start = button(root, 'watch-bindings')
  const stop = button(root, 'stop-watch')
  const pretend = button(root, 'register-practice-phone')
  const title = part(root, 'h1')
  const text = part(root, '[data-part="watch-text"]')
  const problem = part(root, '[data-part="watch-problem"]')
  const hints = part(root, '[data-part="watch-hints"]')
  /** @type {AbortController | null} */
  let running = null

  const tell = (/** @type {string} */ sentence) => {
    part(root, '[data-part="registered"]').replaceChildren(notice({ tone: 'good', sentence, next: null }))
    part(root, '[data-part="registered"]').dataset.registered = 'yes'
    hints.hidden = true
    problem.hidden = true
    text.textContent = ''
    title.textContent = texts.wait.titleSeen
    onRegistered()
  }

  const draw = (/** @type {Wire.WatchReport} */ report) => {
    problem.textContent = report.problem ?? ''
    problem.hidden = report.problem === null
    fillList(part(root, '[data-part="watch-hint-list"]'), report.hints)
    hints.hidden = report.hints.length === 0
    if (report.registered === null) {
      text.textContent = texts.wait.watching(texts.time.seconds(report.seconds))
    } else {
      tell(report.registered)
      context.say(report.registered)
    }
  }

  // The watch runs in the background, so a failure doesn't move the focus.
  const fail = (/** @type {unknown} */ error) => {
    const { kind, sentence, next } = asFailure(error)
    text.textContent = texts.wait.text
    if (kind !== 'cancelled') {
      problem.textContent = `${sentence} ${next}`.trim()
      problem.hidden = false
      context.say(sentence)
    }
  }

  const buttons = () => {
    start.hidden = running !== null
    stop.hidden = running === null
  }

  /** @param {() => void} [looked] called after the first look, or when there is none */
  const watch = async (looked = () => {}) => {
    if (running || signal.aborted) {
      looked()
      return
    }
    const mine = new AbortController()
    running = mine
    title.textContent = texts.wait.title
    signal.addEventListener('abort', () => mine.abort(), { once: true, signal: mine.signal })
    problem.hidden = true
    buttons()
    try {
      await ipc.watchBindings((report) => {
        looked()
        if (running === mine && !signal.aborted) {
          draw(report)
        }
      }, mine.signal)
      // It ended on its own: the phone is registered, or the registrar stopped responding.
      if (running === mine && !signal.aborted) {
        text.textContent = problem.hidden ? '' : texts.wait.text
      }
    } catch (error) {
      if (running === mine && !signal.aborted) {
        fail(error)
      }
    } finally {
      looked()
      if (running === mine) {
        running = null
      }
      if (!signal.aborted) {
        buttons()
        void refreshRequestPanel()
      }
    }
  }

  start.addEventListener('click', () => {
    void watch()
    // The other element has replaced it; the seconds counter isn't read out.
    stop.focus()
  }, { signal })
  stop.addEventListener('click', () => {
    const stopped = running
    running = null
    stopped?.abort()
    text.textContent = texts.wait.text
    buttons()
    start.focus()
  }, { signal })

  pretend.hidden = !practice
  pretend.addEventListener('click', oneAtATime(async () => {
    context.say(texts.wait.pretending)
    try {
      // A binding found by the first check after a new password counts as an old phone.
      await new Promise((resolve) => void watch(() => resolve(undefined)))
      await ipc.registerPracticePhone()
    } catch (error) {
      context.showFailure(error)
    }
  }), { signal })

  if (registered !== null) {
    tell(registered)
  }
  return { watch }
}
