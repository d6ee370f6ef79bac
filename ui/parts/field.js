/**
 * Fields: a control with its label, its hint, and what is wrong with it.
 *
 * A template names the texts and holds the control; the rest, and what connects it for those who do not
 * see it, comes from `field.html`:
 * ```html
 * <div class="field" data-field="realm.name" data-hint="realm.nameHint"><input id="name"></div>
 * <div class="choice" data-choice="check.udp"><input type="radio" name="transport" value="udp"></div>
 * ```
 * | attribute | what it does |
 * |---|---|
 * | `data-field`, `data-choice` | the label's text; empty where a module sets it |
 * | `data-hint` | the hint's text; empty where a module sets it |
 * | `data-hint-hidden` | the hint is for those who do not see the control |
 * | `data-optional` | the label says that the field is optional |
 *
 * A field's name is its id; a radio button's id is its name and its value.
 */
import { find, make, part, templateContent } from './dom.js'

/** Elements that accept input. */
const CONTROLS = 'input, select, textarea'

/**
 * Completes all fields and choices of a cloned template, except for their texts.
 *
 * @param {ParentNode} root
 */
export function completeFields(root) {
  for (const field of root.querySelectorAll('[data-field]')) {
    completeField(/** @type {HTMLElement} */ (field))
  }
  for (const choice of root.querySelectorAll('[data-choice]')) {
    completeChoice(/** @type {HTMLElement} */ (choice))
  }
}

/** @param {HTMLElement} field */
function completeField(field) {
  const control = part(field, CONTROLS)
  const copy = templateContent('field')
  const [label, hint] = [part(copy, 'label'), part(copy, '.hint')]
  named(part(label, '.label-text'), field.dataset.field)
  if (field.dataset.optional === undefined) {
    part(label, '.optional').remove()
  }
  if (field.dataset.hint === undefined) {
    hint.remove()
  } else {
    named(hint, field.dataset.hint)
    hint.className = field.dataset.hintHidden === undefined ? 'hint' : 'hidden'
  }
  if (!control.hasAttribute('name')) {
    control.setAttribute('name', control.id)
  }
  connect(control, control.id, label, hint)
  if (!control.matches('select, [type="number"]')) {
    typedAsItIs(control)
  }
  // The control may be in a row with buttons.
  const row = [...field.children].find((child) => child.contains(control))
  field.insertBefore(copy, row ?? control)
}

/** @param {HTMLElement} choice */
function completeChoice(choice) {
  const control = find(choice, 'input', HTMLInputElement)
  const text = part(templateContent('choice'), '.choice-text')
  const [label, hint] = [part(text, 'label'), part(text, '.hint')]
  named(label, choice.dataset.choice)
  if (choice.dataset.hint === undefined) {
    hint.remove()
  } else {
    named(hint, choice.dataset.hint)
  }
  if (!control.hasAttribute('name')) {
    control.name = control.id
  }
  // A tag belongs to the label.
  label.after(...choice.querySelectorAll(':scope > .tag'))
  control.after(text)
  identifyChoice(choice, control.id || `${control.name}-${control.value}`)
}

/**
 * Sets a choice's id. One whose value is set by a module has none of its own.
 *
 * @param {HTMLElement} choice
 * @param {string} id
 */
export function identifyChoice(choice, id) {
  connect(part(choice, 'input'), id, part(choice, 'label'), choice.querySelector('.hint'))
}

/**
 * @param {HTMLElement} control
 * @param {string} id
 * @param {HTMLElement} label
 * @param {Element | null} hint
 */
function connect(control, id, label, hint) {
  control.id = id
  label.setAttribute('for', id)
  if (hint?.parentNode) {
    const old = hint.id
    hint.id = `${id}-hint`
    const others = describedBy(control).filter((each) => each !== old && each !== hint.id)
    control.setAttribute('aria-describedby', [hint.id, ...others].join(' '))
  }
}

/**
 * Sets the text path of an element, which is filled in with those of the whole template.
 *
 * @param {HTMLElement} element
 * @param {string | undefined} path
 */
function named(element, path) {
  if (path) {
    element.dataset.text = path
  }
}

/**
 * Disables completion and correction of names, numbers and passwords.
 *
 * @param {HTMLElement} control
 */
function typedAsItIs(control) {
  if (!control.hasAttribute('autocomplete')) {
    control.setAttribute('autocomplete', 'off')
  }
  control.setAttribute('autocapitalize', 'off')
  control.setAttribute('spellcheck', 'false')
}

/** @param {Element} control */
const describedBy = (control) => (control.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean)

/**
 * Sets the label of a field or choice.
 *
 * @param {ParentNode} root
 * @param {string} id
 * @param {string} text
 */
export function setLabel(root, id, text) {
  const label = labelOf(root, id)
  const words = label.querySelector('.label-text') ?? label
  words.textContent = text
}

/**
 * @param {ParentNode} root
 * @param {string} id of the control
 */
export const labelOf = (root, id) => part(root, `label[for="${CSS.escape(id)}"]`)

/**
 * @param {ParentNode} root
 * @param {string} id of the control
 */
export const hintOf = (root, id) => part(root, `#${CSS.escape(id)}-hint`)

/**
 * Scrolls the label into view, so that the question is visible, then focuses the field.
 *
 * @param {HTMLElement} control
 */
export function focusField(control) {
  const closed = control.closest('details:not([open])')
  if (closed instanceof HTMLDetailsElement) {
    closed.open = true
  }
  const label = /** @type {ParentNode} */ (control.getRootNode()).querySelector(`label[for="${CSS.escape(control.id)}"]`)
  const seen = label ?? control
  seen.scrollIntoView({ block: 'center' })
  control.focus({ preventScroll: true })
}

/**
 * Shows a problem beside its field. Returns the field, or `null` if there is none.
 *
 * @param {ParentNode} root
 * @param {string} field its name in the request
 * @param {string} sentence
 */
export function showProblem(root, field, sentence) {
  const controls = [...root.querySelectorAll(`[name="${CSS.escape(field)}"]`)]
  const control = controls.find((each) => !each.closest('[hidden]')) ?? controls[0]
  if (!(control instanceof HTMLElement) || !control.id) {
    return null
  }
  const id = `${field}-problem`
  const present = root.querySelector(`#${CSS.escape(id)}`)
  if (present) {
    present.textContent = sentence
    return control
  }
  const line = make('p', sentence, 'problem')
  line.id = id
  const place = control.closest('.field')?.querySelector('.with-buttons') ?? control
  place.before(line)
  control.setAttribute('aria-invalid', 'true')
  control.setAttribute('aria-describedby', [...describedBy(control), id].join(' '))
  return control
}

/**
 * @param {ParentNode} root
 * @param {Element} line
 */
function clearProblem(root, line) {
  for (const control of root.querySelectorAll(`[aria-describedby~="${CSS.escape(line.id)}"]`)) {
    control.removeAttribute('aria-invalid')
    const others = describedBy(control).filter((id) => id !== line.id)
    control.setAttribute('aria-describedby', others.join(' '))
    if (others.length === 0) {
      control.removeAttribute('aria-describedby')
    }
  }
  line.remove()
}

/** @param {ParentNode} root */
export function clearProblems(root) {
  showProblems(root, [])
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
      clearProblem(root, line)
    }
  }
  for (const { field, sentence } of problems) {
    showProblem(root, field, sentence)
  }
}
