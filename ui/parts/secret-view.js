/** Shows a secret for a short while. */
import { make, part } from './dom.js'
import { texts } from '../texts/index.js'

/** Milliseconds until it is hidden again. */
const SHOWN = 30_000

/**
 * Splits a secret into groups of four, which are easier to read out.
 *
 * @param {string} secret
 */
export function inFours(secret) {
  const letters = [...secret]
  const groups = []
  for (let start = 0; start < letters.length; start += 4) {
    groups.push(letters.slice(start, start + 4).join(''))
  }
  return groups
}

/**
 * Clears a secret's field when its screen is left. Until then the input is kept for another attempt.
 *
 * @param {HTMLInputElement} field
 * @param {AbortSignal} signal
 */
export function forgetWhenLeft(field, signal) {
  signal.addEventListener('abort', () => {
    field.value = ''
  }, { once: true })
}

/**
 * Lets a typed secret be shown for a short time.
 *
 * @param {HTMLInputElement} field
 * @param {HTMLButtonElement} control
 * @param {{ signal: AbortSignal, say: (sentence: string, until?: AbortSignal) => void }} context
 */
export function canBeShown(field, control, { signal, say }) {
  const word = part(control, 'span')
  const view = showBriefly({
    signal,
    show: () => {
      field.type = 'text'
      word.textContent = texts.app.hide
    },
    onShown: (until) => say(texts.app.shownFor, until),
    hide: () => {
      field.type = 'password'
      word.textContent = texts.app.show
    }
  })
  control.addEventListener('click', () => void view.toggle(), { signal })
  return view
}

/**
 * Shows and hides something: it is hidden by a timeout, a second press, or leaving the screen.
 *
 * @param {{ show: () => Promise<void> | void, hide: () => void, onShown?: (until: AbortSignal) => void, signal: AbortSignal }} actions
 *   `onShown` is told when it is hidden again
 */
export function showBriefly({ show, hide, onShown, signal }) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  let shown = false
  let pending = false
  let turn = 0
  let hidden = new AbortController()

  const conceal = () => {
    turn += 1
    clearTimeout(timer)
    hidden.abort()
    if (shown) {
      shown = false
      hide()
    }
  }
  signal.addEventListener('abort', conceal, { once: true })

  return {
    conceal,
    toggle: async () => {
      if (shown || pending) {
        conceal()
        return
      }
      const mine = ++turn
      pending = true
      try {
        await show()
      } finally {
        pending = false
      }
      if (mine !== turn) {
        // It was hidden before it was shown.
        hide()
        return
      }
      shown = true
      timer = setTimeout(conceal, SHOWN)
      hidden = new AbortController()
      onShown?.(hidden.signal)
    }
  }
}

/**
 * Displays a secret in groups of four characters; the gaps aren't part of the text. A space is shown as
 * ␣ to distinguish it from a gap.
 *
 * @param {HTMLElement} element
 * @param {string} secret
 */
export function putInFours(element, secret) {
  element.replaceChildren(...inFours(secret).map((group) => make('span', group.replaceAll(' ', '␣'), 'four')))
}
