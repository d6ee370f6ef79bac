/** The age of the list in words, updated while it is displayed. */
import { texts } from '../texts/all.js'

const MINUTE = 60_000

/**
 * @param {HTMLElement} line
 * @param {AbortSignal} signal
 */
export function ageLine(line, signal) {
  /** @type {number | null} */
  let at = null
  const draw = () => {
    const age = at === null ? 0 : Date.now() - at
    // The clock was set back in the meantime; corrections of a second or two are normal.
    const unknown = age < -MINUTE
    line.textContent = at === null
      ? ''
      : unknown ? texts.desk.ageUnknown : texts.desk.age(Math.floor(Math.max(0, age) / MINUTE))
    line.toggleAttribute('data-old', unknown || age > 15 * MINUTE)
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
