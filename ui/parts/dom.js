/** Finds and creates elements. */

/**
 * Finds an element, and throws an error that names it if it is missing.
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
 * Asserts that an element is a form.
 *
 * @param {HTMLElement} element
 */
export function asForm(element) {
  if (!(element instanceof HTMLFormElement)) {
    throw new TypeError(`expected ${element.tagName} to be a form`)
  }
  return element
}

/**
 * Returns the focused element within an element, including itself, or `null`.
 *
 * @param {Element} element
 */
export function focusedIn(element) {
  const focused = document.activeElement
  const takes = focused instanceof HTMLElement || focused instanceof SVGElement
  return takes && element.contains(focused) ? focused : null
}

/**
 * @param {ParentNode} root
 * @param {string} action as in its `data-action`
 */
export const button = (root, action) =>
  find(root, `[data-action="${action}"]`, HTMLButtonElement)

/**
 * Returns the value of the selected radio button.
 *
 * @param {ParentNode} root
 * @param {string} name
 */
export const chosen = (root, name) => input(root, `input[name="${name}"]:checked`).value

/**
 * Selects a radio button.
 *
 * @param {ParentNode} root
 * @param {string} name
 * @param {string} value
 */
export function choose(root, name, value) {
  input(root, `input[name="${name}"][value="${value}"]`).checked = true
}

/**
 * Clones a template's content as it is in its file.
 *
 * @param {string} id without `template-`
 */
export function templateContent(id) {
  const template = find(document, `#template-${id}`, HTMLTemplateElement)
  return /** @type {DocumentFragment} */ (template.content.cloneNode(true))
}

/**
 * Creates an element with a text.
 *
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {string} [text]
 * @param {string} [className]
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(name, text = '', className) {
  const element = document.createElement(name)
  element.textContent = text
  if (className) {
    element.className = className
  }
  return element
}

/**
 * Creates an SVG element.
 *
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} name
 * @param {Record<string, string | number>} attributes
 * @returns {SVGElementTagNameMap[K]}
 */
export function makeSvg(name, attributes) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name)
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, String(value))
  }
  return element
}

/**
 * Creates an icon from the sprite in index.html.
 *
 * @param {string} name
 */
export function icon(name) {
  const svg = makeSvg('svg', { class: 'icon', 'aria-hidden': 'true' })
  svg.append(makeSvg('use', { href: `#icon-${name}` }))
  return svg
}

/**
 * Fills a list with sentences, and hides it if there are none.
 *
 * @param {HTMLElement} list
 * @param {readonly string[]} sentences
 */
export function fillList(list, sentences) {
  list.replaceChildren(...sentences.map((sentence) => make('li', sentence)))
  list.hidden = sentences.length === 0
}
