/**
 * The commands of the desk.
 *
 * @import * as Wire from './types.js'
 */
import { call, callToTheEnd, cancellable, channel } from './invoke.js'

/**
 * Opens the desk of an account; `practice` is the practice account's.
 *
 * @type {(req: Omit<Wire.OpenDesk, 'operation'>, signal: AbortSignal) => Promise<Wire.Screen>}
 */
export const openDesk = (req, signal) =>
  cancellable(signal, (operation) => call('open_desk', { req: { operation, ...req } }))

/** @type {(req: Omit<Wire.DeskSignIn, 'operation'>, signal: AbortSignal) => Promise<Wire.Screen>} */
export const signInAtDesk = (req, signal) =>
  cancellable(signal, (operation) => call('sign_in_at_desk', { req: { operation, ...req } }))

/** @type {() => Promise<Wire.Screen>} */
export const signOutAtDesk = () => call('sign_out_at_desk')

/** @type {(listen: (state: Wire.DeskState) => void, signal: AbortSignal) => Promise<Wire.DeskState>} */
export const loadDesk = (listen, signal) => cancellable(signal, (operation) =>
  callToTheEnd('load_desk', { req: { operation }, progress: channel(listen) }))

/** @type {(req: Wire.ListRows) => Promise<Wire.DeskRows>} */
export const deskRows = (req) => call('desk_rows', { req })

/** @type {() => Promise<Wire.DeskState>} */
export const deskState = () => call('desk_state')

/** @type {(req: Wire.SelectRows) => Promise<number>} */
export const selectRows = (req) => call('select_rows', { req })

/** @type {(req: Wire.ShowCredential) => Promise<Wire.DeskCredential>} */
export const deskCredential = (req) => call('desk_credential', { req })

/**
 * @type {(req: Omit<Wire.CheckCredentials, 'operation'>, listen: (one: Wire.DeskChecked) => void,
 *   signal: AbortSignal) => Promise<Wire.DeskCheckReport>}
 */
export const checkCredentials = (req, listen, signal) => cancellable(signal, (operation) =>
  callToTheEnd('check_credentials', { req: { operation, ...req }, progress: channel(listen) }))

/**
 * @param {Omit<Wire.AddCredential, 'operation'>} req
 * @param {(progress: Wire.Progress) => void} listen
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.DeskHandedOut>}
 */
export const addCredential = (req, listen, signal) =>
  cancellable(signal, (operation) =>
    call('add_credential', { req: { operation, ...req }, progress: channel(listen) }))

/**
 * Gives Bandwidth's number for the SIP credential that has the name of the form.
 *
 * @type {(req: Omit<Wire.ExistingCredential, 'operation'>, signal: AbortSignal) => Promise<number>}
 */
export const existingCredential = (req, signal) =>
  cancellable(signal, (operation) => call('existing_credential', { req: { operation, ...req } }))

/** @type {(req: Omit<Wire.WhyPassword, 'operation'>, signal: AbortSignal) => Promise<Wire.DeskWhy>} */
export const whyPassword = (req, signal) =>
  cancellable(signal, (operation) => call('why_password', { req: { operation, ...req } }))

/** @type {(req: Omit<Wire.RepairHashes, 'operation'>, signal: AbortSignal) => Promise<Wire.Notice>} */
export const repairHashes = (req, signal) =>
  cancellable(signal, (operation) => call('repair_hashes', { req: { operation, ...req } }))

/**
 * @param {Omit<Wire.ReplacePassword, 'operation'>} req
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.DeskHandedOut>}
 */
export const replacePassword = (req, signal) =>
  cancellable(signal, (operation) => call('replace_password', { req: { operation, ...req } }))

/** @type {(req: Omit<Wire.MoveCredential, 'operation'>, signal: AbortSignal) => Promise<Wire.DeskMoved>} */
export const moveCredential = (req, signal) =>
  cancellable(signal, (operation) => call('move_credential', { req: { operation, ...req } }))

/** @type {(req: Omit<Wire.DeleteCredential, 'operation'>, signal: AbortSignal) => Promise<Wire.Notice>} */
export const deleteCredential = (req, signal) =>
  cancellable(signal, (operation) => call('delete_credential', { req: { operation, ...req } }))

/**
 * Forgets the secrets of the desk's open task.
 *
 * @returns {Promise<void>}
 */
export const leaveTask = () => call('leave_task')
