/**
 * What a screen gets, and what it is.
 *
 * @import * as Wire from '../ipc/types.js'
 */

/** @typedef {Wire.Screen['screen']} ScreenId */

/**
 * @template {ScreenId} Id
 * @typedef {Extract<Wire.Screen, { screen: Id }>} ScreenOf
 */

/**
 * A piece of long work. While it runs the window is busy, the stage line tells what is done, and
 * Cancel says what it undoes.
 *
 * @typedef {object} Work
 * @property {string} stage the first line
 * @property {string} [cancelSays] without it there is no Cancel
 */

/**
 * What the window offers for a way on; a way that is missing here gets the window's own.
 *
 * @typedef {Partial<Record<Wire.WayOn, { act: () => void, label?: string }>>} WaysOn
 */

/**
 * @typedef {object} Context
 * @property {AbortSignal} signal aborted when the screen is left
 * @property {(screen: Wire.Screen) => void} show draws the next screen
 * @property {<T>(work: Work, start: (signal: AbortSignal, stage: (line: string) => void) => Promise<T>,
 *   waysOn?: WaysOn) => Promise<T | undefined>} run runs one piece of long work at a time and shows its failure
 * @property {() => void} stop stops the work that runs
 * @property {() => Promise<void>} whenFree waits until no work runs
 * @property {(command: () => Promise<Wire.Screen>) => Promise<void>} move ends the work that runs, then
 *   runs the command and opens its screen; one move at a time
 * @property {(error: unknown, waysOn?: WaysOn) => void} showFailure
 * @property {() => void} clearFailure
 * @property {(sentence: string, until?: AbortSignal) => void} say tells something in the polite live
 *   region, until it is over
 * @property {(request: string | null) => void} preview shows what is about to be sent
 * @property {(flush: () => Promise<void>) => void} beforeLeaving is awaited before every
 *   move and every piece of work
 */

/**
 * @template {ScreenId} Id
 * @typedef {object} Step
 * @property {Id} id
 * @property {(root: HTMLElement, screen: ScreenOf<Id>, context: Context) => void} mount `root` holds
 *   the body and the foot; listeners are under the context's signal
 */

/**
 * Names the type of a screen's module.
 *
 * @template {ScreenId} Id
 * @param {Step<Id>} step
 */
export const defineStep = (step) => step

/**
 * Tells a failed command from a mistake of the window.
 *
 * @param {unknown} error
 * @returns {error is Wire.Failure}
 */
export function isFailure(error) {
  return typeof error === 'object' && error !== null && 'kind' in error && 'sentence' in error
}
