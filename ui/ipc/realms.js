/**
 * The commands of the realms at the desk.
 *
 * @import * as Wire from './types.js'
 */
import { call, cancellable, channel } from './invoke.js'

/** @returns {Promise<Wire.Screen>} */
export const openRealms = () => call('open_realms')

/**
 * Returns to the list of SIP credentials of the open desk.
 *
 * @returns {Promise<Wire.Screen>}
 */
export const openCredentials = () => call('open_credentials')

/** @type {(signal: AbortSignal) => Promise<Wire.RealmsReport>} */
export const lookAtRealms = (signal) =>
  cancellable(signal, (operation) => call('look_at_realms', { req: { operation } }))

/**
 * @param {Omit<Wire.MakeRealm, 'operation'>} req
 * @param {(progress: Wire.Progress) => void} listen
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.RealmsReport>}
 */
export const makeRealm = (req, listen, signal) => cancellable(signal, (operation) =>
  call('make_realm', { req: { operation, ...req }, progress: channel(listen) }))

/** @type {(req: Omit<Wire.ChangeRealm, 'operation'>, signal: AbortSignal) => Promise<Wire.RealmsReport>} */
export const changeRealm = (req, signal) =>
  cancellable(signal, (operation) => call('change_realm', { req: { operation, ...req } }))

/**
 * @param {Omit<Wire.DeleteRealm, 'operation'>} req
 * @param {(progress: Wire.Progress) => void} listen
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.RealmsReport>}
 */
export const deleteRealm = (req, listen, signal) => cancellable(signal, (operation) =>
  call('delete_realm', { req: { operation, ...req }, progress: channel(listen) }))
