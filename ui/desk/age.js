/** How old the list is, in words that are kept true while one looks at them. */
import { texts } from '../locales/index.js'

const MINUTE = 60_000

/**
 * @param {HTMLElement} line
 * @param {AbortSignal} signal
 */
export function ageLine(line, signal) {
  /** @type {number | null} */
  let at = null
  const draw = () => {
    line.textContent = at === null ? '' : texts.desk.age(Math.floor(Math.max(0, Date.now() - at) / MINUTE))
    line.toggleAttribute('data-old', at !== null && Date.now() - at > 15 * MINUTE)
  }
  const timer = setInterval(draw, MINUTE / 4)
  signal.addEventListener('abort', () => clearInterval(timer))
  return {
    /** @param {number | null} loadedAt milliseconds since 1970 */
    set: (loadedAt) => {
      at = loadedAt
      draw()
    }
  }
}
