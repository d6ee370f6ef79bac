/**
 * The keypad of a call: buttons, and digits typed on the keyboard.
 *
 * @import { Context } from '../frame/screen.js'
 */
import * as ipc from '../ipc/commands.js'
import { make, part } from '../parts/dom.js'
import { texts } from '../texts/all.js'
import { asFailure } from '../parts/failure.js'
import { digitOf, digits } from './digits.js'

/** How long a pressed key is highlighted, in milliseconds. */
const FLASH = 160

/** How many of the digits sent are shown. */
const SHOWN = 24

/**
 * @param {HTMLElement} root
 * @param {Context} context
 */
export function keypad(root, context) {
  const { signal } = context
  const place = part(root, '[data-part="keypad"]')
  const pressed = part(root, '[data-part="pressed"]')
  let open = false

  const press = async (/** @type {string} */ digit) => {
    const key = buttons.get(digit)
    if (!open || !key) {
      return
    }
    key.dataset.state = 'pressed'
    setTimeout(() => delete key.dataset.state, FLASH)
    try {
      await ipc.pressDigit({ digit })
      pressed.textContent = `${pressed.textContent}${digit}`.slice(-SHOWN)
    } catch (error) {
      context.say(asFailure(error).sentence)
    }
  }

  const buttons = new Map(digits.map((digit) => {
    const key = make('button', digit, 'button key')
    key.type = 'button'
    key.dataset.digit = digit
    key.toggleAttribute('data-repeats', true)
    if (digit === '*' || digit === '#') {
      key.setAttribute('aria-label', texts.localCall.digits[digit])
    }
    key.addEventListener('click', () => void press(digit), { signal })
    return [digit, key]
  }))
  place.replaceChildren(...buttons.values())

  context.onKey((event) => {
    const typing = event.target instanceof Element && event.target.matches('input:not([type="radio"], [type="checkbox"]), select, textarea')
    const digit = open ? digitOf(event, typing) : null
    if (digit !== null) {
      event.preventDefault()
      void press(digit)
    }
  })

  return {
    /** @param {boolean} up whether a call takes digits */
    set: (up) => {
      if (up && !open) {
        pressed.textContent = ''
      }
      open = up
      for (const key of buttons.values()) {
        key.disabled = !up
      }
    }
  }
}
