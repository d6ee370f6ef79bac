/** Asks for confirmation before a real call, which may cost money. */
import { confirm } from '../frame/confirm.js'

/** The kinds of call that have been confirmed since the window was opened. */
const asked = new Set()

/**
 * Asks once for each kind of call.
 *
 * @param {string} way
 * @param {{ title: string, text: string, yes: string }} question
 */
export async function mayCost(way, question) {
  if (!asked.has(way)) {
    if (!await confirm(question)) {
      return false
    }
    asked.add(way)
  }
  return true
}
