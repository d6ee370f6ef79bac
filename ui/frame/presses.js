/**
 * Decides which presses and keys reach a control.
 *
 * The second half of a double click, and whatever was pressed before a view could be seen, was meant
 * for the view before it. A view is a screen, a task, a form over a list or a dialog. Times are those
 * of the events themselves, in milliseconds: an event may wait long for a busy window.
 */

import { roundTrip } from '../ipc/invoke.js'

/** The longest double click that a desktop knows. */
const SECOND = 500

/** Nobody answers to what they see in less time. */
const SETTLES = 250

/** The two halves of a double click are at most this far from each other, in CSS pixels. */
const NEAR = 16

/** Keys may still be on their way when the last one was typed less than this before a press. */
const TYPING = 1000

/** An event that reached the window later than this had to wait, and others with it. */
const LATE = 40

/** Buttons that are pressed in quick succession, such as the keys of a keypad. */
const REPEATS = '[data-repeats]'

/**
 * @typedef {object} Press
 * @property {number} at
 * @property {number} x
 * @property {number} y
 * @property {unknown} control what was pressed, or `null` where there is no control
 * @property {boolean} once whether the control acts once for a double click
 */

/** Remembers the last press and the last key, and judges the next by them. */
export function pressJudge() {
  let view = 0
  let drawnAt = -Infinity
  let press = { at: -Infinity, x: 0, y: 0, view: 0, control: /** @type {unknown} */ (null) }
  let enter = { at: -Infinity, view: 0 }

  return {
    /**
     * Tells that another view was drawn. Returns how long presses are still ignored.
     *
     * @param {number} now
     */
    drawn: (now) => {
      view += 1
      drawnAt = now
      return press.at > -Infinity ? SETTLES : 0
    },

    /**
     * Returns whether a press was meant for what it hits.
     *
     * @param {Press} next
     */
    takesPress: (next) => {
      const second = next.at - press.at < SECOND
      const near = Math.hypot(next.x - press.x, next.y - press.y) <= NEAR
      const again = second && near && press.view === view && next.control === press.control
      const swapped = second && near && press.view === view && press.control !== null && !again
      const early = press.view !== view && press.at > -Infinity && (second || next.at < drawnAt + SETTLES)
      if (early || swapped) {
        // What was ignored belongs to what the first half was meant for.
        press = { ...press, at: next.at }
        return false
      }
      if (again && next.once) {
        return false
      }
      press = { ...next, view }
      return true
    },

    /**
     * Returns whether a key was meant for what it hits.
     *
     * @param {{ at: number, enters: boolean, repeat: boolean }} key `enters` for one that presses
     *   buttons or sends forms, `repeat` where it is held down
     */
    takesKey: ({ at, enters, repeat }) => {
      if (!enters) {
        enter = { at: -Infinity, view }
        return true
      }
      const early = enter.view !== view && enter.at > -Infinity
        && (at - enter.at < SECOND || at < drawnAt + SETTLES)
      if (repeat || early) {
        enter = { ...enter, at }
        return false
      }
      enter = { at, view }
      return true
    }
  }
}

const judge = pressJudge()

/** Tells that another view was drawn. Returns how long presses are still ignored, in milliseconds. */
export function drewView() {
  // A press that is still held back was meant for what is gone.
  pending = null
  return judge.drawn(performance.now())
}

/** Whether the press that is down is ignored, so that all events of it are. */
let ignored = false

/**
 * A press that is held back.
 *
 * @typedef {{ control: HTMLElement, event: PointerEvent }} Pending
 */

/** @type {Pending | null} */
let pending = null
let keyAt = -Infinity
/** How many keys reached the window. */
let keys = 0

/** Judges every press and every key of the window from here on. */
export function judgePresses() {
  listen(['pointerdown'], (event) => {
    const pressed = /** @type {PointerEvent} */ (event)
    ignored = !judge.takesPress(pressOf(pressed))
    if (!ignored) {
      release()
      ignored = hold(pressed)
    }
    return !ignored
  })
  listen(['mousedown', 'pointerup', 'mouseup', 'dblclick', 'auxclick', 'dragstart'], () => !ignored)
  // The keyboard clicks, too, and is judged by its keys.
  listen(['click'], (event) => !(ignored && /** @type {MouseEvent} */ (event).detail > 0))
  listen(['keydown'], (event) => takesKey(/** @type {KeyboardEvent} */ (event)))
}

/**
 * @param {readonly string[]} types
 * @param {(event: Event) => boolean} takes
 */
function listen(types, takes) {
  for (const type of types) {
    window.addEventListener(type, (event) => {
      // What a script clicks is not a press.
      if (event.isTrusted && !takes(event)) {
        event.preventDefault()
        event.stopImmediatePropagation()
      }
    }, { capture: true })
  }
}

/** @param {KeyboardEvent} event */
function takesKey(event) {
  keyAt = event.timeStamp
  keys += 1
  if (pending && event.timeStamp > pending.event.timeStamp + LATE) {
    release()
  }
  const typing = isText(event.target)
  const enters = !event.isComposing && (event.key === 'Enter' || (event.key === ' ' && !typing))
  return judge.takesKey({ at: event.timeStamp, enters, repeat: event.repeat })
}

/**
 * @param {PointerEvent} event
 * @returns {Press}
 */
function pressOf(event) {
  const control = controlOf(event.target)
  return {
    at: event.timeStamp,
    x: event.clientX,
    y: event.clientY,
    control,
    once: control !== null && control.matches('button, summary') && !control.matches(REPEATS)
  }
}

/** @param {EventTarget | null} target */
function controlOf(target) {
  const control = target instanceof Element
    ? target.closest('button, a, input, select, summary, label, .chart-message, .grid-row')
    : null
  return control instanceof HTMLElement || control instanceof SVGElement ? control : null
}

/** @param {EventTarget | null} target */
const isText = (target) =>
  target instanceof HTMLInputElement && !['radio', 'checkbox', 'button', 'submit'].includes(target.type)

/**
 * Holds a press back where keys that were typed before it may still be on their way: engines hand
 * over keys one by one, and let a press overtake them. The field keeps the focus until they are here.
 *
 * @param {PointerEvent} event
 */
function hold(event) {
  const control = controlOf(event.target)
  const typed = event.timeStamp - keyAt < TYPING || performance.now() - event.timeStamp > LATE
  if (!(control instanceof HTMLElement) || control instanceof HTMLSelectElement || event.button !== 0
    || !typed || !isText(document.activeElement) || control === document.activeElement) {
    return false
  }
  pending = { control, event }
  void releaseAfterKeys(pending)
  return true
}

/**
 * An answer of the app overtakes no key, so none is on its way once two came without any.
 *
 * @param {Pending} press
 */
async function releaseAfterKeys(press) {
  let before
  do {
    before = keys
    await roundTrip()
    await roundTrip()
  } while (pending === press && keys !== before)
  if (pending === press) {
    release()
  }
}

/** Does what the press that is held back was for. */
function release() {
  const press = pending
  if (press) {
    pending = null
    const { clientX, clientY, ctrlKey, shiftKey, metaKey, altKey, target } = press.event
    const takesFocus = press.control.closest('button, a, input, summary, [tabindex]')
    if (takesFocus instanceof HTMLElement) {
      takesFocus.focus({ preventScroll: true })
    }
    // At what was hit, which may be a part of the control, and with the keys that were pending.
    target?.dispatchEvent(new MouseEvent('click', {
      bubbles: true, cancelable: true, composed: true, detail: 1, view: window,
      clientX, clientY, ctrlKey, shiftKey, metaKey, altKey
    }))
  }
}
