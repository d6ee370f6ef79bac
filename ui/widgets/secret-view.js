/** Shows a secret for a short while. */

/** Milliseconds until it is hidden again. */
const SHOWN = 30_000

/**
 * Splits a secret into groups of four, which are easier to read out.
 *
 * @param {string} secret
 */
export function inFours(secret) {
  const letters = [...secret]
  const groups = []
  for (let start = 0; start < letters.length; start += 4) {
    groups.push(letters.slice(start, start + 4).join(''))
  }
  return groups
}

/**
 * A pair of deeds that are undone by time, by a second press and by leaving.
 *
 * @param {{ show: () => Promise<void> | void, hide: () => void, onShown?: () => void, signal: AbortSignal }} deeds
 */
export function shortly({ show, hide, onShown, signal }) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  let shown = false
  let pending = false
  let turn = 0

  const conceal = () => {
    turn += 1
    clearTimeout(timer)
    if (shown) {
      shown = false
      hide()
    }
  }
  signal.addEventListener('abort', conceal, { once: true })

  return {
    conceal,
    toggle: async () => {
      if (shown || pending) {
        conceal()
        return
      }
      const mine = ++turn
      pending = true
      try {
        await show()
      } finally {
        pending = false
      }
      if (mine !== turn) {
        // It was to be hidden before it could be shown.
        hide()
        return
      }
      shown = true
      timer = setTimeout(conceal, SHOWN)
      onShown?.()
    }
  }
}

/**
 * Puts a secret into an element, four letters at a time; the gaps are not part of the text. A space
 * stands as ␣, to be told from a gap.
 *
 * @param {HTMLElement} element
 * @param {string} secret
 */
export function putInFours(element, secret) {
  element.replaceChildren(...inFours(secret).map((group) => {
    const span = document.createElement('span')
    span.className = 'four'
    span.textContent = group.replaceAll(' ', '␣')
    return span
  }))
}
