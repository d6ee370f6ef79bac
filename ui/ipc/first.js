/**
 * The first call: it is on its way before the rest of the window is read, and the app answers meanwhile.
 *
 * @import * as Wire from './types.js'
 */
import { call } from './invoke.js'

/** What the window begins with: Home. */
export const first = /** @type {Promise<Wire.Screen>} */ (call('home'))
