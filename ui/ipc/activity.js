/**
 * The commands of the activity.
 *
 * @import * as Wire from './types.js'
 */
import { call } from './invoke.js'

/**
 * Leaves what is open, and opens the activity of all accounts.
 *
 * @returns {Promise<Wire.Screen>}
 */
export const openActivity = () => call('open_activity')

/** @type {(req: Wire.ListActivity) => Promise<Wire.ActivityRows>} */
export const activityRows = (req) => call('activity_rows', { req })

/** @type {(req: Wire.ShowActivity) => Promise<Wire.ActivityEntry>} */
export const activityEntry = (req) => call('activity_entry', { req })

/** @returns {Promise<Wire.Screen>} */
export const clearActivity = () => call('clear_activity')

/**
 * Saves a page of evidence where the person chooses, and gives its path, or `null` if they chose none.
 *
 * @type {(req: Wire.SaveEvidence) => Promise<string | null>}
 */
export const saveEvidence = (req) => call('save_evidence', { req })
