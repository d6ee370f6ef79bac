/**
 * The commands of the page of all accounts.
 *
 * @import * as Wire from './types.js'
 */
import { call, cancellable } from './invoke.js'

/** @returns {Promise<Wire.Screen>} */
export const openAccounts = () => call('open_accounts')

/** @type {(req: Wire.EditAccount) => Promise<Wire.Screen>} */
export const editAccount = (req) => call('edit_account', { req })

/** @type {(req: Wire.SetUpApiClient) => Promise<Wire.Screen>} */
export const setUpApiClient = (req) => call('set_up_api_client', { req })

/** @type {(req: Omit<Wire.SaveAccount, 'operation'>, signal: AbortSignal) => Promise<Wire.Screen>} */
export const saveAccount = (req, signal) =>
  cancellable(signal, (operation) => call('save_account', { req: { operation, ...req } }))

/** @type {(req: Wire.SignOutAccount) => Promise<Wire.Screen>} */
export const signOutAccount = (req) => call('sign_out_account', { req })

/**
 * Saves the list of accounts where the person chooses, and gives its path, or `null` if they chose none.
 *
 * @returns {Promise<string | null>}
 */
export const saveAccountList = () => call('save_account_list')

/**
 * Lets the person choose a list of accounts, and gives the screen that shows it, or `null` if they chose none.
 *
 * @returns {Promise<Wire.Screen | null>}
 */
export const chooseAccountList = () => call('choose_account_list')

/** @type {(req: Wire.TakeAccountList) => Promise<Wire.Screen>} */
export const takeAccountList = (req) => call('take_account_list', { req })

/** @type {(req: Wire.ForgetAccount) => Promise<Wire.Screen>} */
export const forgetAccount = (req) => call('forget_account', { req })
