/** Looking up, cloning and filling: what every screen does with its template. */
import { textAt } from '../texts/index.js'

/**
 * Finds an element and says by name what is missing if it is not there.
 *
 * @template {Element} T
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => T} type
 * @returns {T}
 */
export function find(root, selector, type) {
  const element = root.querySelector(selector)
  if (!(element instanceof type)) {
    throw new TypeError(`expected ${selector} to be a ${type.name}`)
  }
  return element
}

/**
 * @param {ParentNode} root
 * @param {string} selector
 */
export const part = (root, selector) => find(root, selector, HTMLElement)

/**
 * @param {ParentNode} root
 * @param {string} selector
 */
export const input = (root, selector) => find(root, selector, HTMLInputElement)

/**
 * @param {ParentNode} root
 * @param {string} action as in its `data-action`
 */
export const button = (root, action) =>
  find(root, `[data-action="${action}"]`, HTMLButtonElement)

/**
 * Gives the value of the radio button that is chosen.
 *
 * @param {ParentNode} root
 * @param {string} name
 */
export const chosen = (root, name) => input(root, `input[name="${name}"]:checked`).value

/**
 * Chooses a radio button.
 *
 * @param {ParentNode} root
 * @param {string} name
 * @param {string} value
 */
export function choose(root, name, value) {
  input(root, `input[name="${name}"][value="${value}"]`).checked = true
}

/**
 * Copies a template and puts its texts in.
 *
 * @param {string} id without `template-`
 */
export function clone(id) {
  const template = find(document, `#template-${id}`, HTMLTemplateElement)
  const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true))
  fillTexts(copy)
  return copy
}

/**
 * Copies a template that holds one element.
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

/**
 * Makes an element with a text.
 *
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {string} text
 * @param {string} [className]
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(name, text, className) {
  const element = document.createElement(name)
  element.textContent = text
  if (className) {
    element.className = className
  }
  return element
}

/**
 * Makes an icon from the sprite in index.html.
 *
 * @param {string} name
 */
export function icon(name) {
  const space = 'http://www.w3.org/2000/svg'
  const svg = document.createElementNS(space, 'svg')
  svg.setAttribute('class', 'icon')
  svg.setAttribute('aria-hidden', 'true')
  const use = document.createElementNS(space, 'use')
  use.setAttribute('href', `#icon-${name}`)
  svg.append(use)
  return svg
}

/**
 * Puts a list of sentences into a list, and hides it when there are none.
 *
 * @param {HTMLElement} list
 * @param {readonly string[]} sentences
 */
export function fillList(list, sentences) {
  list.replaceChildren(...sentences.map((sentence) => make('li', sentence)))
  list.hidden = sentences.length === 0
}
