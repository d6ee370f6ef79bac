/** @import { Context } from '../frame/screen.js' */

/**
 * Returns a screen's context for a part of it that ends earlier.
 *
 * @param {Context} context
 * @param {AbortSignal} signal aborted when the part is left
 * @returns {Context}
 */
export function contextUntil(context, signal) {
  return {
    ...context,
    signal,
    onKey: (listener) => context.onKey((event) => {
      if (!signal.aborted) {
        listener(event)
      }
    })
  }
}
