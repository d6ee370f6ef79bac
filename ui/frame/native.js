/** Disables browser behavior that an app window shouldn't have: its menu, reload, history. */

/** Suppresses the web view's own menu and keys from now on. */
export function behaveAsApp() {
  window.addEventListener('contextmenu', (event) => {
    if (!hasMenu(event)) {
      event.preventDefault()
    }
  })
  window.addEventListener('keydown', (event) => {
    const edits = isField(event.target) ? editOf(event) : null
    if (edits && document.execCommand(edits)) {
      event.preventDefault()
    } else if (reloads(event) || travels(event)) {
      event.preventDefault()
    } else if (event.key === 'Escape' && !event.defaultPrevented) {
      leavePage(event)
    }
  })
  // The side buttons of a mouse navigate back and forward.
  for (const type of /** @type {const} */ (['mousedown', 'mouseup', 'auxclick'])) {
    window.addEventListener(type, (event) => {
      if (event.button > 2) {
        event.preventDefault()
      }
    })
  }
}

/** @param {EventTarget | null} target */
const isField = (target) => target instanceof Element
  && target.matches('input:not([type="radio"], [type="checkbox"]), textarea')

/**
 * Keeps the menu of text fields, for cut, copy and paste, and of selected text, for copy.
 *
 * @param {MouseEvent} event
 */
function hasMenu(event) {
  if (isField(event.target)) {
    return true
  }
  const selection = getSelection()
  if (!selection || selection.isCollapsed) {
    return false
  }
  const within = (/** @type {DOMRect} */ { left, right, top, bottom }) =>
    event.clientX >= left && event.clientX <= right && event.clientY >= top && event.clientY <= bottom
  return [...selection.getRangeAt(0).getClientRects()].some(within)
}

/** @param {Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>} event */
export const reloads = ({ key, ctrlKey, metaKey }) =>
  key === 'F5' || key === 'BrowserRefresh' || ((ctrlKey || metaKey) && key.toLowerCase() === 'r')

/**
 * WebKitGTK supports undo but binds no key to it.
 *
 * @param {Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>} event
 * @returns {'undo' | 'redo' | null}
 */
export function editOf({ key, ctrlKey, metaKey, shiftKey, altKey }) {
  if (altKey || ctrlKey === metaKey) {
    return null
  }
  const letter = key.toLowerCase()
  return letter === 'y' || (letter === 'z' && shiftKey) ? 'redo' : letter === 'z' ? 'undo' : null
}

/** @param {KeyboardEvent} event */
const travels = (event) => event.key === 'BrowserBack' || event.key === 'BrowserForward'
  || (event.altKey && !isField(event.target) && (event.key === 'ArrowLeft' || event.key === 'ArrowRight'))

/**
 * Presses the back button of the open page, if it is below another page.
 *
 * @param {KeyboardEvent} event
 */
function leavePage(event) {
  const searches = event.target instanceof HTMLInputElement && event.target.type === 'search' && event.target.value !== ''
  const ways = [...document.querySelectorAll('[data-leaves]')].filter((way) =>
    way instanceof HTMLButtonElement && way.getClientRects().length > 0)
  const way = ways.at(-1)
  if (!searches && !document.querySelector('dialog[open]') && way instanceof HTMLButtonElement) {
    event.preventDefault()
    way.click()
  }
}
