/**
 * The first call, sent before the rest of the window is parsed, so that the app responds in the
 * meantime.
 */
import { openHome } from './commands.js'

/** The initial screen: Home. */
export const first = openHome()
