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
 * Says that an element is a form.
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
 * Gives what has the focus in an element, or `null`; the element itself counts.
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
 * Makes a part of a drawing.
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
 * Makes an icon from the sprite in index.html.
 *
 * @param {string} name
 */
export function icon(name) {
  const svg = makeSvg('svg', { class: 'icon', 'aria-hidden': 'true' })
  svg.append(makeSvg('use', { href: `#icon-${name}` }))
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
