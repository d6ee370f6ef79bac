/** The first call: it is on its way before the rest of the window is read, and the app answers meanwhile. */
import { openHome } from './commands.js'

/** What the window begins with: Home. */
export const first = openHome()
