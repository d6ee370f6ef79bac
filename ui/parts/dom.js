/** Looking elements up and making them. */

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
 * Copies what a template holds, as it stands in its file.
 *
 * @param {string} id without `template-`
 */
export function templateContent(id) {
  const template = find(document, `#template-${id}`, HTMLTemplateElement)
  return /** @type {DocumentFragment} */ (template.content.cloneNode(true))
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
