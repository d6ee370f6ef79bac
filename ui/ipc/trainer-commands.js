// Written by `cargo xtask commands`: a function for each command of the app.

/**
 * A command that fails rejects with a `Failure`. One that takes a signal is canceled by it.
 *
 * @import * as Wire from './types.js'
 */
import { call } from './invoke.js'

/**
 * Returns all faults as soon as they differ from what is shown. Fails once practice is closed.
 *
 * @param {Wire.WatchFaults} req
 * @returns {Promise<Wire.FaultPanel>}
 */
export const watchFaults = (req) => call('watch_faults', { req })

/**
 * Switches a fault of practice on or off.
 *
 * @param {Wire.SwitchFault} req
 * @returns {Promise<void>}
 */
export const switchFault = (req) => call('switch_fault', { req })

/**
 * Switches all faults of practice off.
 *
 * @returns {Promise<void>}
 */
export const resetFaults = () => call('reset_faults')
