/**
 * Copy buttons. The core makes the copy, so a secret never passes through here.
 *
 * @import * as Wire from '../ipc/types.js'
 */
import * as ipc from '../ipc/commands.js'
import { cloneOne } from './template.js'
import { texts } from '../texts/index.js'
import { isFailure } from '../frame/screen.js'
import { oneAtATime } from '../frame/work.js'
import { announce } from '../frame/status-bar.js'

/** @type {readonly Wire.Copyable[]} */
const secrets = ['password', 'hash1', 'hash1b']

/**
 * @param {HTMLButtonElement} button
 * @param {Wire.Copyable} what
 * @param {AbortSignal} [signal]
 */
export function copyFrom(button, what, signal) {
  button.addEventListener('click', oneAtATime(async () => {
    try {
      await ipc.copy({ what })
      announce(secrets.includes(what) ? texts.app.copiedSecret : texts.app.copied)
      button.dataset.state = 'done'
      setTimeout(() => delete button.dataset.state, 2000)
    } catch (error) {
      announceFailure(error)
    }
  }), signal ? { signal } : {})
}

/**
 * Says in the status bar why something wasn't copied.
 *
 * @param {unknown} error
 */
export function announceFailure(error) {
  announce(isFailure(error) ? `${error.sentence} ${error.next}` : texts.failure.unexpected)
}

/**
 * Creates a copy button labeled with what it copies.
 *
 * @param {Wire.Copyable} what
 * @param {string} name
 * @param {AbortSignal} signal
 */
export function copyButton(what, name, signal) {
  const button = cloneOne('copy-button')
  if (!(button instanceof HTMLButtonElement)) {
    throw new TypeError('the copy button is no button')
  }
  button.dataset.action = `copy-${what.replaceAll('_', '-')}`
  button.setAttribute('aria-label', texts.app.copyNamed(name))
  copyFrom(button, what, signal)
  return button
}
