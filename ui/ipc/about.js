/**
 * The commands of the page about the app.
 *
 * @import * as Wire from './types.js'
 */
import { call } from './invoke.js'

/** @returns {Promise<Wire.Screen>} */
export const openAbout = () => call('open_about')
