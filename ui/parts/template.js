/** Clones templates, as every screen does. */
import { templateContent } from './dom.js'
import { completeFields } from './field.js'
import { textAt } from '../texts/index.js'

/**
 * Clones a template, completes its fields and fills in its texts.
 *
 * @param {string} id without `template-`
 */
export function clone(id) {
  const copy = templateContent(id)
  completeFields(copy)
  fillTexts(copy)
  return copy
}

/**
 * Clones a template that contains a single element.
 *
 * @param {string} id
 */
export function cloneOne(id) {
  const element = clone(id).firstElementChild
  if (!(element instanceof HTMLElement)) {
    throw new TypeError(`template ${id} holds no element`)
  }
  return element
}

/** @param {ParentNode} root */
export function fillTexts(root) {
  for (const element of root.querySelectorAll('[data-text]')) {
    element.textContent = textAt(element.getAttribute('data-text') ?? '')
  }
  for (const element of root.querySelectorAll('[data-label]')) {
    element.setAttribute('aria-label', textAt(element.getAttribute('data-label') ?? ''))
  }
}
