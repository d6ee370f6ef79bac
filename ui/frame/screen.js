/**
 * The interface of a screen, and what it is given.
 *
 * @import * as Wire from '../ipc/types.js'
 */

/** @typedef {Wire.Screen['screen']} ScreenId */

/**
 * @template {ScreenId} Id
 * @typedef {Extract<Wire.Screen, { screen: Id }>} ScreenOf
 */

/**
 * A piece of long work. While it runs, the window is busy, the stage line shows the current stage, and
 * Cancel says what it undoes.
 *
 * @typedef {object} Work
 * @property {string} stage the first line
 * @property {string} [cancelSays] without it there is no Cancel
 */

/**
 * Actions for recovery options; a missing one uses the window's default.
 *
 * @typedef {Partial<Record<Wire.RecoveryOption, { act: () => void, label?: string }>>} RecoveryOptions
 */

/**
 * @typedef {object} Context
 * @property {AbortSignal} signal aborted when the screen is left
 * @property {(screen: Wire.Screen) => void} show draws the next screen
 * @property {<T>(work: Work, start: (signal: AbortSignal, stage: (line: string) => void) => Promise<T>,
 *   recoveryOptions?: RecoveryOptions) => Promise<T | undefined>} run runs one piece of long work at a time and shows its failure
 * @property {() => void} stop stops the work that runs
 * @property {() => Promise<void>} whenFree waits until no work runs
 * @property {(command: () => Promise<Wire.Screen>) => Promise<void>} move ends the work that runs, then
 *   runs the command and opens its screen; one move at a time
 * @property {(error: unknown, recoveryOptions?: RecoveryOptions) => void} showFailure
 * @property {() => void} clearFailure
 * @property {(sentence: string, until?: AbortSignal) => void} say tells something in the polite live
 *   region, until it is over
 * @property {(request: string | null) => void} preview shows what is about to be sent
 * @property {(flush: () => Promise<void>) => void} beforeLeaving is awaited before every
 *   move and every piece of work
 * @property {() => boolean} isBusy whether work runs
 * @property {(listener: (event: KeyboardEvent) => void) => void} onKey hears every key of the window
 *   until the screen is left
 * @property {() => void} focusHeading moves the focus to the screen's heading
 * @property {(name: string, number: string | null) => void} showAccount says whose account is open
 * @property {(content: DocumentFragment, label: string) => HTMLElement} showSidebar stands beside the
 *   screen, in the place of the steps, until it is left
 */

/**
 * A screen's own part of the page; it accesses nothing outside it.
 *
 * @typedef {object} View
 * @property {HTMLElement} body
 * @property {HTMLElement} foot empty and hidden where the template has none
 */

/**
 * @template {ScreenId} Id
 * @typedef {object} ScreenModule
 * @property {Id} id
 * @property {(view: View, screen: ScreenOf<Id>, context: Context) => void} mount listeners are under the
 *   context's signal
 */

/**
 * Declares the type of a screen's module.
 *
 * @template {ScreenId} Id
 * @param {ScreenModule<Id>} module
 */
export const defineScreen = (module) => module

/**
 * Distinguishes a failed command from a bug in the window.
 *
 * @param {unknown} error
 * @returns {error is Wire.Failure}
 */
export function isFailure(error) {
  return typeof error === 'object' && error !== null && 'kind' in error && 'sentence' in error
}
