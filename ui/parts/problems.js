/** Problems beside their fields. */
import { make } from './dom.js'

/**
 * Shows what is wrong with a field, beside it. Gives the field, or `null` if there is none.
 *
 * @param {ParentNode} root
 * @param {string} field its name in the request
 * @param {string} sentence
 */
export function showProblem(root, field, sentence) {
  const named = [...root.querySelectorAll(`[name="${CSS.escape(field)}"]`)]
  const control = named.find((each) => !each.closest('[hidden]')) ?? named[0]
  if (!(control instanceof HTMLElement) || !control.id) {
    return null
  }
  const id = `${field}-problem`
  const present = document.getElementById(id)
  if (present) {
    present.textContent = sentence
    return control
  }
  const line = make('p', sentence, 'problem')
  line.id = id
  const place = control.closest('.field')?.querySelector('.with-buttons') ?? control
  place.before(line)
  control.setAttribute('aria-invalid', 'true')
  const described = control.getAttribute('aria-describedby')
  control.setAttribute('aria-describedby', described ? `${described} ${id}` : id)
  return control
}

/** @param {Element} line */
function clearProblem(line) {
  for (const control of document.querySelectorAll(`[aria-describedby~="${line.id}"]`)) {
    control.removeAttribute('aria-invalid')
    const rest = (control.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .filter((id) => id !== line.id)
      .join(' ')
    control.setAttribute('aria-describedby', rest)
    if (rest === '') {
      control.removeAttribute('aria-describedby')
    }
  }
  line.remove()
}

/** @param {ParentNode} root */
export function clearProblems(root) {
  for (const line of root.querySelectorAll('.problem')) {
    clearProblem(line)
  }
}

/**
 * Shows exactly these problems.
 *
 * @param {ParentNode} root
 * @param {readonly { field: string, sentence: string }[]} problems
 */
export function showProblems(root, problems) {
  const wanted = new Set(problems.map(({ field }) => `${field}-problem`))
  for (const line of root.querySelectorAll('.problem')) {
    if (!wanted.has(line.id)) {
      clearProblem(line)
    }
  }
  for (const { field, sentence } of problems) {
    showProblem(root, field, sentence)
  }
}
