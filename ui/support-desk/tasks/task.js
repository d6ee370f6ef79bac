/**
 * One task at the desk, shown in place of the list until it is done or left.
 *
 * @import { Context } from '../../frame/screen.js'
 */
import * as ipc from '../../ipc/commands.js'
import { button, part } from '../../parts/dom.js'
import { clone } from '../../parts/template.js'
import { texts } from '../../texts/all.js'
import { drewView } from '../../frame/presses.js'
import { mayBeLeft } from '../../frame/password-loss.js'

/**
 * @typedef {object} Tasks
 * @property {(template: string, mount: (place: HTMLElement, context: Context) => void) => void} open
 *   shows a task; its context ends with it
 * @property {() => void} close forgets the task's secrets and shows the list again
 * @property {() => Promise<void>} leave closes it, and asks first where a password would be lost
 * @property {() => boolean} isOpen
 */

/**
 * @param {HTMLElement} root
 * @param {Context} context
 * @param {() => void} closed is told when the list is shown again
 * @returns {Tasks}
 */
export function taskFrame(root, context, closed) {
  const place = part(root, '[data-part="task"]')
  const list = part(root, '[data-part="list"]')
  const tools = part(root, '[data-part="head-tools"]')
  let own = new AbortController()

  const show = (/** @type {boolean} */ task) => {
    place.hidden = !task
    list.hidden = task
    tools.hidden = task
    drewView()
  }

  const close = () => {
    context.stop()
    own.abort()
    place.replaceChildren()
    context.clearFailure()
    show(false)
    ipc.closeTask().catch(() => {})
    closed()
  }

  const leave = async () => {
    if (await mayBeLeft()) {
      close()
    }
  }

  return {
    close,
    leave,
    isOpen: () => !place.hidden,
    open: (template, mount) => {
      if (place.hidden && context.isBusy()) {
        context.say(texts.credentials.busy)
        return
      }
      own.abort()
      own = new AbortController()
      const { signal } = own
      context.signal.addEventListener('abort', () => own.abort(), { once: true, signal })
      context.clearFailure()
      place.replaceChildren(clone(template))
      show(true)
      mount(place, { ...context, signal, say: (sentence, until = signal) => context.say(sentence, until) })
      button(place, 'close-task').addEventListener('click', () => void leave(), { signal })
      place.scrollTop = 0
      part(place, 'h2').focus({ preventScroll: true })
    }
  }
}
