/**
 * Asks the registrar for its list until the phone is in it. It runs in the background, so nothing takes
 * the focus.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context } from '../frame/screen.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, part } from '../parts/dom.js'
import { asFailure } from '../parts/failure.js'
import { refreshRequestPanel } from '../frame/request-panel.js'

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @param {object} tell
 * @param {() => void} tell.onStart
 * @param {(report: Wire.WatchReport) => void} tell.onLook
 * @param {(why: 'stopped' | 'paused' | 'failed') => void} tell.onEnd it ended without a phone
 */
export function watchPhone(root, context, { onStart, onLook, onEnd }) {
  const { signal } = context
  const startButton = button(root, 'watch-bindings')
  const stopButton = button(root, 'stop-watch')
  const problem = part(root, '[data-part="watch-problem"]')
  /** @type {{ abort: AbortController, looked: Promise<void> } | null} */
  let running = null

  const buttons = () => {
    startButton.hidden = running !== null
    stopButton.hidden = running === null
  }

  const fail = (/** @type {unknown} */ error) => {
    const { kind, sentence, next } = asFailure(error)
    if (kind !== 'cancelled') {
      problem.textContent = `${sentence} ${next}`.trim()
      problem.hidden = false
      context.say(sentence)
    }
    onEnd('failed')
  }

  const start = async () => {
    if (running || signal.aborted) {
      return
    }
    let looked = () => {}
    const mine = {
      abort: new AbortController(),
      looked: new Promise((/** @type {(value: void) => void} */ resolve) => {
        looked = resolve
      })
    }
    const isMine = () => running === mine && !signal.aborted
    running = mine
    signal.addEventListener('abort', () => mine.abort.abort(), { once: true, signal: mine.abort.signal })
    onStart()
    buttons()
    let found = false
    try {
      await ipc.watchBindings((report) => {
        looked()
        if (isMine()) {
          found ||= report.registered !== null
          onLook(report)
        }
      }, mine.abort.signal)
      if (isMine() && !found) {
        onEnd(problem.hidden ? 'paused' : 'failed')
      }
    } catch (error) {
      if (isMine()) {
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

  startButton.addEventListener('click', () => {
    void start()
    // The other button has replaced it; the counted seconds aren't read out.
    stopButton.focus()
  }, { signal })
  stopButton.addEventListener('click', () => {
    const stopped = running
    running = null
    stopped?.abort.abort()
    onEnd('stopped')
    buttons()
    startButton.focus()
  }, { signal })

  return {
    start,
    /** Starts, unless it runs, and waits for the first look. */
    firstLook: async () => {
      void start()
      await running?.looked
    }
  }
}
