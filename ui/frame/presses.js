/**
 * Decides which presses and keys reach a control.
 *
 * The second half of a double click, and whatever was pressed before a view could be seen, was meant
 * for the view before it. A view is a screen, a task, a form over a list or a dialog. Times are those
 * of the events themselves, in milliseconds: an event may wait long for a busy window.
 */

import { roundTrip } from '../ipc/invoke.js'

/** Maximum duration of a double click on any desktop, in milliseconds. */
const SECOND = 500

/** Minimum human reaction time to what is displayed. */
const SETTLES = 250

/** Maximum distance between the two halves of a double click, in CSS pixels. */
const NEAR = 16

/** If a key was typed less than this before a press, more keys may still be pending. */
const TYPING = 1000

/** An event that arrived later than this was delayed, and others with it. */
const LATE = 40

/** Buttons that are legitimately pressed in quick succession, such as those of a keypad. */
const REPEATS = '[data-repeats]'

/**
 * @typedef {object} Press
 * @property {number} at
 * @property {number} x
 * @property {number} y
 * @property {unknown} control what was pressed, or `null` where there is no control
 * @property {boolean} once whether the control acts once for a double click
 */

/** Remembers the last press and key, and judges the next ones by them. */
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
     * Returns whether a press was intended for the control it hits.
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
        // An ignored press belongs to the target of the first half.
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
     * Returns whether a key was intended for the control it hits.
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
  // A press that is still held back was intended for the previous view.
  pending = null
  return judge.drawn(performance.now())
}

/** Whether the current press is ignored, in which case all of its events are. */
let ignored = false

/**
 * A press that is held back.
 *
 * @typedef {{ control: HTMLElement, event: PointerEvent }} Pending
 */

/** @type {Pending | null} */
let pending = null
let keyAt = -Infinity
/** Number of keys that have reached the window. */
let keys = 0

/** Filters all presses and keys of the window from now on. */
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
  // The keyboard also causes clicks, which are judged by their keys.
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
      // A scripted click isn't a press.
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
    ? target.closest('button, a, input, select, summary, label, .chart-message, .grid-row, [role="option"]')
    : null
  return control instanceof HTMLElement || control instanceof SVGElement ? control : null
}

/** @param {EventTarget | null} target */
const isText = (target) =>
  target instanceof HTMLInputElement && !['radio', 'checkbox', 'button', 'submit'].includes(target.type)

/**
 * Holds back a press if keys typed before it may be pending: engines deliver keys one by one, and a
 * press can overtake them. The field keeps the focus until they arrive.
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
 * A response of the app doesn't overtake keys, so none are pending once two arrived without any.
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

/** Performs the press that is held back. */
function release() {
  const press = pending
  if (press) {
    pending = null
    const { clientX, clientY, ctrlKey, shiftKey, metaKey, altKey, target } = press.event
    const takesFocus = press.control.closest('button, a, input, summary, [tabindex]')
    if (takesFocus instanceof HTMLElement) {
      takesFocus.focus({ preventScroll: true })
    }
    // Dispatched at the element that was hit, which may be inside the control, with the modifier keys
    // held.
    target?.dispatchEvent(new MouseEvent('click', {
      bubbles: true, cancelable: true, composed: true, detail: 1, view: window,
      clientX, clientY, ctrlKey, shiftKey, metaKey, altKey
    }))
  }
}
