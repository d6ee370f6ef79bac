/**
 * The commands around a password that leaving or closing would lose.
 */
import { call, channel } from './invoke.js'

/**
 * Is asked, for as long as the window is open, before it closes and this user's password is lost.
 *
 * @type {(ask: (userName: string) => void) => Promise<void>}
 */
export const followClosing = (ask) => call('follow_closing', { asked: channel(ask) })

/**
 * Closes the window once the user agreed to lose the password.
 *
 * @returns {Promise<void>}
 */
export const closeWindow = () => call('close_window')

/**
 * Gives the user name whose password was made here and would be lost by leaving what is open.
 *
 * @returns {Promise<string | null>}
 */
export const passwordAtRisk = () => call('password_at_risk')

/**
 * Gives the same for all that ends with the app.
 *
 * @returns {Promise<string | null>}
 */
export const passwordsAtRisk = () => call('passwords_at_risk')
