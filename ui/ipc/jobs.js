/**
 * The commands of imports and jobs.
 *
 * @import * as Wire from './types.js'
 */
import { call, callToTheEnd, cancellable, channel } from './invoke.js'

/** @returns {Promise<Wire.Screen>} */
export const openImport = () => call('open_import')

/** @returns {Promise<Wire.Screen>} */
export const leaveImport = () => call('leave_import')

/**
 * Opens the system's dialog, and gives the name of the file, or `null` if none was chosen.
 *
 * @returns {Promise<string | null>}
 */
export const chooseImport = () => call('choose_import')

/**
 * Tells of files that are dragged over the window.
 *
 * @type {(listen: (drag: Wire.FileDrag) => void) => Promise<void>}
 */
export const followDrops = (listen) => call('follow_drops', { drags: channel(listen) })

/**
 * Takes the file that was dropped, and gives its name.
 *
 * @returns {Promise<string | null>}
 */
export const takeDropped = () => call('take_dropped')

/**
 * Reads the chosen file and makes its plan.
 *
 * @param {(progress: Wire.PlanProgress) => void} listen
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.PlanView>}
 */
export const readImport = (listen, signal) =>
  cancellable(signal, (operation) => callToTheEnd('read_import', { req: { operation }, progress: channel(listen) }))

/** @type {(req: Wire.ListPlan) => Promise<Wire.PlanRows>} */
export const planRows = (req) => call('plan_rows', { req })

/**
 * Opens the system's dialog for the file of made passwords.
 *
 * @returns {Promise<Wire.PlanView | null>}
 */
export const choosePasswords = () => call('choose_passwords')

/** @returns {Promise<Wire.Screen>} */
export const startImport = () => call('start_import')

/** @returns {Promise<Wire.JobView[]>} */
export const deskJobs = () => call('desk_jobs')

/** @type {(req: Wire.NameJob) => Promise<Wire.JobView>} */
export const deskJob = (req) => call('desk_job', { req })

/** @type {() => Promise<Wire.DeskSelected>} */
export const selectedCredentials = () => call('selected_credentials')

/**
 * Begins a job on many. Where it makes passwords, the system's dialog asks for their file first; it
 * gives `false` where none was chosen, and then nothing began.
 *
 * @type {(req: Wire.BeginMany) => Promise<boolean>}
 */
export const beginMany = (req) => call('begin_many', { req })

/**
 * Asks for another file of a job's passwords, and goes on with the job.
 *
 * @type {(req: Wire.NameJob) => Promise<boolean>}
 */
export const moveJobPasswords = (req) => call('move_job_passwords', { req })

/** @type {(req: Wire.NameJob) => Promise<void>} */
export const pauseJob = (req) => call('pause_job', { req })

/** @type {(req: Wire.NameJob) => Promise<void>} */
export const goOnWithJob = (req) => call('go_on_with_job', { req })

/** @type {(req: Wire.NameJob) => Promise<void>} */
export const endJob = (req) => call('end_job', { req })

/** @type {(req: Wire.NameJob) => Promise<string | null>} */
export const saveJobResult = (req) => call('save_job_result', { req })

/** @type {(req: Wire.NameJob) => Promise<void>} */
export const forgetJob = (req) => call('forget_job', { req })
