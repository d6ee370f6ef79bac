/**
 * The box above a screen that shows a failure and links to the fields.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { RecoveryOptions } from '../frame/screen.js'
 */
import { button, make, part } from './dom.js'
import { focusField, showProblem } from './field.js'
import { cloneOne } from './template.js'
import { texts } from '../texts/index.js'
import { isFailure } from '../frame/screen.js'
import { setCauses, setTone, setRecoveryOptions } from './banner.js'

/**
 * Words a bug in the window as a failure.
 *
 * @param {unknown} error
 * @returns {Wire.Failure}
 */
export function asFailure(error) {
  if (isFailure(error)) {
    return error
  }
  return {
    kind: 'refused',
    sentence: texts.failure.unexpected,
    causes: [],
    next: texts.failure.unexpectedNext,
    detail: error instanceof Error ? error.message : String(error),
    problems: [],
    recoveryOptions: []
  }
}

/**
 * Kinds of failures that someone else may have to investigate, using what was sent and received.
 *
 * @type {readonly Wire.FailureKind[]}
 */
const ofRequests = [
  'ask_bandwidth', 'credential_exists', 'realm_exists', 'refused', 'sign_in', 'unreachable', 'wait'
]

/**
 * @param {unknown} error
 * @param {RecoveryOptions} recoveryOptions
 * @param {((failure: Wire.Failure) => void) | null} save saves evidence of what failed
 */
export function failureBox(error, recoveryOptions, save) {
  const failure = asFailure(error)
  const box = cloneOne('failure')
  box.dataset.kind = failure.kind
  setTone(box, failure.kind === 'cancelled' ? 'plain' : 'bad')
  part(box, '.banner-sentence').textContent = failure.sentence
  part(box, '.banner-next').textContent = failure.next
  part(box, '.banner-next').hidden = failure.next === ''
  setCauses(box, failure.causes)
  setRecoveryOptions(part(box, '.buttons'), failure.recoveryOptions, recoveryOptions)
  const saves = button(box, 'save-failure')
  saves.hidden = save === null || !isFailure(error) || !ofRequests.includes(failure.kind)
  saves.addEventListener('click', () => save?.(failure))
  part(box, 'details').hidden = failure.detail === null
  part(box, 'details pre').textContent = failure.detail ?? ''
  return box
}

/**
 * Shows each problem beside its field, and links to it from the box.
 *
 * @param {HTMLElement} box
 * @param {unknown} error
 * @param {HTMLElement} root
 */
export function linkProblems(box, error, root) {
  const list = part(box, '.failure-problems')
  for (const { field, sentence } of asFailure(error).problems) {
    const item = make('li')
    const control = showProblem(root, field, sentence)
    if (control) {
      const link = make('a', sentence)
      link.href = `#${control.id}`
      link.addEventListener('click', (event) => {
        event.preventDefault()
        focusField(control)
      })
      item.append(link)
    } else {
      item.textContent = sentence
    }
    list.append(item)
  }
  list.hidden = list.childElementCount === 0
}
