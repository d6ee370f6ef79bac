/** The question before a real call, which may cost money. */
import { confirm } from '../frame/confirm.js'

/** The ways to call that the person was asked about since the window was opened. */
const asked = new Set()

/**
 * Asks once for each way to call.
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
