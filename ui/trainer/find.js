/**
 * Finds faults by what is typed.
 *
 * @import * as Wire from '../ipc/types.js'
 */
import { faults } from './faults.en.js'

/**
 * Returns whether every typed word is in the name, what the room sees, or the way out.
 *
 * @param {Wire.Fault} fault
 * @param {string} typed
 */
export function matches(fault, typed) {
  const { name, sees, out } = faults[fault]
  const text = `${name} ${sees} ${out}`.toLowerCase()
  return typed.toLowerCase().split(/\s+/).every((word) => text.includes(word))
}
