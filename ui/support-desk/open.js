/**
 * Opens the desk, for screens that need nothing else from it.
 *
 * @import { Context } from '../frame/screen.js'
 */
import * as ipc from '../ipc/commands.js'

/**
 * Opens the desk of an account.
 *
 * @param {Context} context
 * @param {string} account
 */
export const openDesk = (context, account) =>
  void context.move(() => ipc.openDesk({ account }, new AbortController().signal))
