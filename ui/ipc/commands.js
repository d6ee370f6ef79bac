// Written by `cargo xtask commands`: a function for each command of the app.

/**
 * A command that fails rejects with a `Failure`. One that takes a signal is canceled by it.
 *
 * @import * as Wire from './types.js'
 */
import { call, callToTheEnd, cancellable, channel } from './invoke.js'

/**
 * Opens the page about the app.
 *
 * @returns {Promise<Wire.Screen>}
 */
export const openAbout = () => call('open_about')

/**
 * Leaves what is open and opens the page of all accounts.
 *
 * @returns {Promise<Wire.Screen>}
 */
export const openAccounts = () => call('open_accounts')

/**
 * Opens the form of an account or a new one, with the values entered before.
 *
 * @param {Wire.EditAccount} req
 * @returns {Promise<Wire.Screen>}
 */
export const editAccount = (req) => call('edit_account', { req })

/**
 * Opens the form of an account that has an API user, with an API client chosen.
 *
 * @param {Wire.SetUpApiClient} req
 * @returns {Promise<Wire.Screen>}
 */
export const setUpApiClient = (req) => call('set_up_api_client', { req })

/**
 * Saves an account as entered, after a successful sign-in if one is requested.
 *
 * @param {Omit<Wire.SaveAccount, 'operation'>} req
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.Screen>}
 */
export const saveAccount = (req, signal) =>
  cancellable(signal, (operation) => call('save_account', { req: { operation, ...req } }))

/**
 * Removes an account's secret from memory and from the keychain.
 *
 * @param {Wire.SignOutAccount} req
 * @returns {Promise<Wire.Screen>}
 */
export const signOutAccount = (req) => call('sign_out_account', { req })

/**
 * Removes an account, its journey and its secrets from this computer.
 *
 * @param {Wire.RemoveAccount} req
 * @returns {Promise<Wire.Screen>}
 */
export const removeAccount = (req) => call('remove_account', { req })

/**
 * Saves the list of accounts where the person chooses. Returns its path, or nothing if they chose none.
 *
 * @returns {Promise<string | null>}
 */
export const saveAccountList = () => call('save_account_list')

/**
 * Lets the person choose a list of accounts. Returns the screen that shows it, or nothing if they chose none.
 *
 * @returns {Promise<Wire.Screen | null>}
 */
export const chooseAccountList = () => call('choose_account_list')

/**
 * Imports the chosen accounts of the list that was read.
 *
 * @param {Wire.ImportAccounts} req
 * @returns {Promise<Wire.Screen>}
 */
export const importAccounts = (req) => call('import_accounts', { req })

/**
 * Leaves what is open and opens the activity of all accounts.
 *
 * @returns {Promise<Wire.Screen>}
 */
export const openActivity = () => call('open_activity')

/**
 * Returns the visible rows of the activity, newest first.
 *
 * @param {Wire.ListActivity} req
 * @returns {Promise<Wire.ActivityRows>}
 */
export const activityRows = (req) => call('activity_rows', { req })

/**
 * Returns everything about one exchange.
 *
 * @param {Wire.ShowActivity} req
 * @returns {Promise<Wire.ActivityEntry>}
 */
export const activityEntry = (req) => call('activity_entry', { req })

/**
 * Deletes the activity of all accounts.
 *
 * @returns {Promise<Wire.Screen>}
 */
export const clearActivity = () => call('clear_activity')

/**
 * Returns the exchanges of the open journey, desk, or check, newest last.
 *
 * @returns {Promise<Array<Wire.Exchange>>}
 */
export const exchanges = () => call('exchanges')

/**
 * Saves a page of evidence where the person chooses. Returns its path, or nothing if they chose none.
 *
 * @param {Wire.SaveEvidence} req
 * @returns {Promise<string | null>}
 */
export const saveEvidence = (req) => call('save_evidence', { req })

/**
 * Checks the Twilio keys and lists the numbers to call from.
 *
 * @param {Omit<Wire.CheckTwilio, 'operation'>} req
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.Screen>}
 */
export const checkTwilio = (req, signal) =>
  cancellable(signal, (operation) => call('check_twilio', { req: { operation, ...req } }))

/**
 * Places the test call and reports its states until it ends. Canceling hangs up, and the report still comes.
 *
 * @param {Omit<Wire.PlaceCall, 'operation'>} req
 * @param {(message: Wire.CallProgress) => void} onProgress
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.CallReport>}
 */
export const placeCall = (req, onProgress, signal) =>
  cancellable(signal, (operation) =>
    callToTheEnd('place_call', { req: { operation, ...req }, progress: channel(onProgress) }))

/**
 * Calls the phone from Bandwidth and reports the call's states until it ends. Canceling hangs up, and the
 * report still comes.
 *
 * @param {Omit<Wire.RingPhone, 'operation'>} req
 * @param {(message: Wire.CallProgress) => void} onProgress
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.CallReport>}
 */
export const ringPhone = (req, onProgress, signal) =>
  cancellable(signal, (operation) =>
    callToTheEnd('ring_phone', { req: { operation, ...req }, progress: channel(onProgress) }))

/**
 * Calls from this computer and reports the call's states until it ends. Canceling hangs up, and the report
 * still comes.
 *
 * @param {Omit<Wire.PlaceLocalCall, 'operation'>} req
 * @param {(message: Wire.LocalCallProgress) => void} onProgress
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.LocalCallReport>}
 */
export const placeLocalCall = (req, onProgress, signal) =>
  cancellable(signal, (operation) =>
    callToTheEnd('place_local_call', { req: { operation, ...req }, progress: channel(onProgress) }))

/**
 * Sends a digit in the current call.
 *
 * @param {Wire.PressDigit} req
 * @returns {Promise<void>}
 */
export const pressDigit = (req) => call('press_digit', { req })

/**
 * Continues to the last page, with or without a test call.
 *
 * @returns {Promise<Wire.Screen>}
 */
export const continueToFinish = () => call('continue_to_finish')

/**
 * Opens the check without an account.
 *
 * @param {Wire.OpenCheck} req
 * @returns {Promise<Wire.Screen>}
 */
export const openCheck = (req) => call('open_check', { req })

/**
 * Allows answering for a realm at a host with the entered password, until the app quits.
 *
 * @param {Wire.AllowRealm} req
 * @returns {Promise<void>}
 */
export const allowRealm = (req) => call('allow_realm', { req })

/**
 * Checks the registration with the form's values, without an account.
 *
 * @param {Omit<Wire.CheckTyped, 'operation'>} req
 * @param {(message: Wire.MessageChartLine) => void} onProgress
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.CheckReport>}
 */
export const checkTyped = (req, onProgress, signal) =>
  cancellable(signal, (operation) =>
    callToTheEnd('check_typed', { req: { operation, ...req }, progress: channel(onProgress) }))

/**
 * Pings the registrar by OPTIONS.
 *
 * @param {Omit<Wire.PingRegistrar, 'operation'>} req
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.PingReport>}
 */
export const pingRegistrar = (req, signal) =>
  cancellable(signal, (operation) => call('ping_registrar', { req: { operation, ...req } }))

/**
 * Checks again and again until it is canceled.
 *
 * @param {Omit<Wire.WatchRegistration, 'operation'>} req
 * @param {(message: Wire.WatchTick) => void} onProgress
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
export const watchRegistration = (req, onProgress, signal) =>
  cancellable(signal, (operation) =>
    call('watch_registration', { req: { operation, ...req }, progress: channel(onProgress) }))

/**
 * Creates a SIP credential with the entered or the generated password.
 *
 * @param {Omit<Wire.AddCredential, 'operation'>} req
 * @param {(message: Wire.Progress) => void} onProgress
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.DeskIssued>}
 */
export const addCredential = (req, onProgress, signal) =>
  cancellable(signal, (operation) =>
    callToTheEnd('add_credential', { req: { operation, ...req }, progress: channel(onProgress) }))

/**
 * Returns Bandwidth's ID of the SIP credential with the form's name.
 *
 * @param {Omit<Wire.FindCredential, 'operation'>} req
 * @param {AbortSignal} signal
 * @returns {Promise<number>}
 */
export const findCredential = (req, signal) =>
  cancellable(signal, (operation) => call('find_credential', { req: { operation, ...req } }))

/**
 * Finds the mistake that explains the stored hashes, given the phone's password.
 *
 * @param {Omit<Wire.DiagnosePassword, 'operation'>} req
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.DeskDiagnosis>}
 */
export const diagnosePassword = (req, signal) =>
  cancellable(signal, (operation) => call('diagnose_password', { req: { operation, ...req } }))

/**
 * Stores the right hashes of the password that was entered before.
 *
 * @param {Omit<Wire.RepairHashes, 'operation'>} req
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.Notice>}
 */
export const repairHashes = (req, signal) =>
  cancellable(signal, (operation) => call('repair_hashes', { req: { operation, ...req } }))

/**
 * Replaces the password of a SIP credential with the entered or the generated one.
 *
 * @param {Omit<Wire.ReplacePassword, 'operation'>} req
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.DeskIssued>}
 */
export const replacePassword = (req, signal) =>
  cancellable(signal, (operation) => call('replace_password', { req: { operation, ...req } }))

/**
 * Moves a SIP credential to another voice application, or to none.
 *
 * @param {Omit<Wire.MoveCredential, 'operation'>} req
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.DeskMoved>}
 */
export const moveCredential = (req, signal) =>
  cancellable(signal, (operation) => call('move_credential', { req: { operation, ...req } }))

/**
 * Deletes a SIP credential whose name was typed to confirm.
 *
 * @param {Omit<Wire.DeleteCredential, 'operation'>} req
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.Notice>}
 */
export const deleteCredential = (req, signal) =>
  cancellable(signal, (operation) => call('delete_credential', { req: { operation, ...req } }))

/**
 * Reads a SIP credential, and returns what a phone needs that takes its stored hashes.
 *
 * @param {Omit<Wire.SetUpPhone, 'operation'>} req
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.DeskIssued>}
 */
export const setUpPhone = (req, signal) =>
  cancellable(signal, (operation) => call('set_up_phone', { req: { operation, ...req } }))

/**
 * Returns the page of a phone for the SIP credential that is set up at the desk.
 *
 * @param {Wire.OpenPhonePage} req
 * @returns {Promise<Wire.PhonePage>}
 */
export const openPhonePage = (req) => call('open_phone_page', { req })

/**
 * Forgets the secrets of the desk's open task.
 *
 * @returns {Promise<void>}
 */
export const closeTask = () => call('close_task')

/**
 * Sends links that are opened outside to the window, for as long as it's open.
 *
 * @param {(message: Wire.DeepLinkRequest) => void} onOpened
 * @returns {Promise<void>}
 */
export const subscribeDeepLinks = (onOpened) => call('subscribe_deep_links', { opened: channel(onOpened) })

/**
 * Opens the desk of an account; `practice` is the practice account's.
 *
 * @param {Omit<Wire.OpenDesk, 'operation'>} req
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.Screen>}
 */
export const openDesk = (req, signal) =>
  cancellable(signal, (operation) => call('open_desk', { req: { operation, ...req } }))

/**
 * Opens the desk that was open last, or the accounts if there is none.
 *
 * @returns {Promise<Wire.Screen>}
 */
export const openLastDesk = () => call('open_last_desk')

/**
 * Signs in at the open desk with an entered secret.
 *
 * @param {Omit<Wire.DeskSignIn, 'operation'>} req
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.Screen>}
 */
export const signInAtDesk = (req, signal) =>
  cancellable(signal, (operation) => call('sign_in_at_desk', { req: { operation, ...req } }))

/**
 * Signs out of the open desk, which then asks for the secret.
 *
 * @returns {Promise<Wire.Screen>}
 */
export const signOutAtDesk = () => call('sign_out_at_desk')

/**
 * Loads the SIP credentials of the open desk.
 *
 * @param {(message: Wire.DeskState) => void} onProgress
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.DeskState>}
 */
export const loadDesk = (onProgress, signal) =>
  cancellable(signal, (operation) =>
    callToTheEnd('load_desk', { req: { operation }, progress: channel(onProgress) }))

/**
 * Returns the visible rows of the desk's list.
 *
 * @param {Wire.ListRows} req
 * @returns {Promise<Wire.DeskRows>}
 */
export const deskRows = (req) => call('desk_rows', { req })

/**
 * Returns what the desk has loaded.
 *
 * @returns {Promise<Wire.DeskState>}
 */
export const deskState = () => call('desk_state')

/**
 * Changes the selection, and returns how many rows are selected.
 *
 * @param {Wire.SelectRows} req
 * @returns {Promise<number>}
 */
export const selectRows = (req) => call('select_rows', { req })

/**
 * Returns everything about one SIP credential except its hashes.
 *
 * @param {Wire.ShowCredential} req
 * @returns {Promise<Wire.DeskCredential>}
 */
export const deskCredential = (req) => call('desk_credential', { req })

/**
 * Checks many SIP credentials, limited to a rate per second.
 *
 * @param {Omit<Wire.CheckCredentials, 'operation'>} req
 * @param {(message: Wire.DeskChecked) => void} onProgress
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.DeskCheckReport>}
 */
export const checkCredentials = (req, onProgress, signal) =>
  cancellable(signal, (operation) =>
    callToTheEnd('check_credentials', { req: { operation, ...req }, progress: channel(onProgress) }))

/**
 * Returns Home.
 *
 * @returns {Promise<Wire.Screen>}
 */
export const openHome = () => call('open_home')

/**
 * Starts a new journey.
 *
 * @param {Wire.StartJourney} req
 * @returns {Promise<Wire.Screen>}
 */
export const startJourney = (req) => call('start_journey', { req })

/**
 * Continues a stopped journey at the step where it stopped.
 *
 * @param {Omit<Wire.ContinueJourney, 'operation'>} req
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.Screen>}
 */
export const continueJourney = (req, signal) =>
  cancellable(signal, (operation) => call('continue_journey', { req: { operation, ...req } }))

/**
 * Sets up another phone on a saved account, in its stopped journey or a new one.
 *
 * @param {Omit<Wire.OpenAccount, 'operation'>} req
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.Screen>}
 */
export const openAccount = (req, signal) =>
  cancellable(signal, (operation) => call('open_account', { req: { operation, ...req } }))

/**
 * Deletes all practice data, and closes the trainer's panel.
 *
 * @returns {Promise<Wire.Screen>}
 */
export const resetPractice = () => call('reset_practice')

/**
 * Leaves the open screen for Home. A journey or desk keeps its state; a check forgets its secret.
 *
 * @returns {Promise<Wire.Screen>}
 */
export const leave = () => call('leave')

/**
 * Deletes the crash report.
 *
 * @returns {Promise<Wire.Screen>}
 */
export const deleteCrashReport = () => call('delete_crash_report')

/**
 * Opens the import of the open desk, where it was left.
 *
 * @returns {Promise<Wire.Screen>}
 */
export const openImport = () => call('open_import')

/**
 * Discards the prepared import and returns to the desk.
 *
 * @returns {Promise<Wire.Screen>}
 */
export const leaveImport = () => call('leave_import')

/**
 * Lets the person choose the file to import. Returns its name, or nothing if they chose none.
 *
 * @returns {Promise<string | null>}
 */
export const chooseImport = () => call('choose_import')

/**
 * Notifies the window of files dragged over it, without their paths.
 *
 * @param {(message: Wire.FileDrag) => void} onDrags
 * @returns {Promise<void>}
 */
export const subscribeFileDrops = (onDrags) => call('subscribe_file_drops', { drags: channel(onDrags) })

/**
 * Chooses the file that was dropped for the import. Returns its name, or nothing if there is none.
 *
 * @returns {Promise<string | null>}
 */
export const chooseDroppedFile = () => call('choose_dropped_file')

/**
 * Reads the chosen file and plans its import.
 *
 * @param {(message: Wire.PlanProgress) => void} onProgress
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.PlanView>}
 */
export const readImport = (onProgress, signal) =>
  cancellable(signal, (operation) =>
    callToTheEnd('read_import', { req: { operation }, progress: channel(onProgress) }))

/**
 * Returns the visible rows of the plan.
 *
 * @param {Wire.ListPlan} req
 * @returns {Promise<Wire.PlanRows>}
 */
export const planRows = (req) => call('plan_rows', { req })

/**
 * Lets the person choose the file for generated passwords. Returns the plan with it, or nothing if they chose
 * none.
 *
 * @returns {Promise<Wire.PlanView | null>}
 */
export const choosePasswords = () => call('choose_passwords')

/**
 * Starts the plan as a job and returns to the desk.
 *
 * @returns {Promise<Wire.Screen>}
 */
export const startImport = () => call('start_import')

/**
 * Returns the account's jobs, newest first.
 *
 * @returns {Promise<Array<Wire.JobView>>}
 */
export const deskJobs = () => call('desk_jobs')

/**
 * Returns how far a job is.
 *
 * @param {Wire.NameJob} req
 * @returns {Promise<Wire.JobView>}
 */
export const deskJob = (req) => call('desk_job', { req })

/**
 * Returns what the last checks of the selected SIP credentials found.
 *
 * @returns {Promise<Wire.DeskSelected>}
 */
export const selectedCredentials = () => call('selected_credentials')

/**
 * Starts a job on many SIP credentials. Where it generates passwords, the person chooses their file first;
 * returns false if they chose none.
 *
 * @param {Wire.StartJob} req
 * @returns {Promise<boolean>}
 */
export const startJob = (req) => call('start_job', { req })

/**
 * Lets the person choose another file for a job's passwords and resumes the job. Returns false if they chose
 * none.
 *
 * @param {Wire.NameJob} req
 * @returns {Promise<boolean>}
 */
export const moveJobPasswords = (req) => call('move_job_passwords', { req })

/**
 * Resumes a paused or stopped job.
 *
 * @param {Wire.NameJob} req
 * @returns {Promise<void>}
 */
export const resumeJob = (req) => call('resume_job', { req })

/**
 * Stops a job; the rows to go aren't done.
 *
 * @param {Wire.NameJob} req
 * @returns {Promise<void>}
 */
export const cancelJob = (req) => call('cancel_job', { req })

/**
 * Pauses a job between two requests.
 *
 * @param {Wire.NameJob} req
 * @returns {Promise<void>}
 */
export const pauseJob = (req) => call('pause_job', { req })

/**
 * Saves a job's result where the person chooses. Returns its path, or nothing if they chose none.
 *
 * @param {Wire.NameJob} req
 * @returns {Promise<string | null>}
 */
export const saveJobResult = (req) => call('save_job_result', { req })

/**
 * Returns what setup sheets an ended job can have.
 *
 * @param {Wire.NameJob} req
 * @returns {Promise<Wire.JobSheets>}
 */
export const jobSheets = (req) => call('job_sheets', { req })

/**
 * Saves the setup sheets of an ended job where the person chooses. Returns nothing if they chose none.
 *
 * @param {Omit<Wire.SaveJobSheets, 'operation'>} req
 * @param {(message: Wire.Progress) => void} onProgress
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.SavedSheets | null>}
 */
export const saveJobSheets = (req, onProgress, signal) =>
  cancellable(signal, (operation) =>
    callToTheEnd('save_job_sheets', { req: { operation, ...req }, progress: channel(onProgress) }))

/**
 * Deletes a finished job and its result file.
 *
 * @param {Wire.NameJob} req
 * @returns {Promise<void>}
 */
export const deleteJob = (req) => call('delete_job', { req })

/**
 * Continues from the checklist to the sign-in.
 *
 * @returns {Promise<Wire.Screen>}
 */
export const continueToSignIn = () => call('continue_to_sign_in')

/**
 * Goes back one step, or from an intermediate sign-in to the step that opened it.
 *
 * @returns {Promise<Wire.Screen>}
 */
export const goBack = () => call('go_back')

/**
 * Signs in, saves the account, lists its realms, and opens the next step.
 *
 * @param {Omit<Wire.SignIn, 'operation'>} req
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.Screen>}
 */
export const signIn = (req, signal) =>
  cancellable(signal, (operation) => call('sign_in', { req: { operation, ...req } }))

/**
 * Opens the sign-in, which leads back to the step that is open.
 *
 * @returns {Promise<Wire.Screen>}
 */
export const signInAgain = () => call('sign_in_again')

/**
 * Lists the realms again.
 *
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.Screen>}
 */
export const refreshRealms = (signal) =>
  cancellable(signal, (operation) => call('refresh_realms', { req: { operation } }))

/**
 * Creates a realm and waits until it's active.
 *
 * @param {Omit<Wire.CreateRealm, 'operation'>} req
 * @param {(message: Wire.Progress) => void} onProgress
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.Screen>}
 */
export const createRealm = (req, onProgress, signal) =>
  cancellable(signal, (operation) =>
    callToTheEnd('create_realm', { req: { operation, ...req }, progress: channel(onProgress) }))

/**
 * Continues with a realm that exists: the one of that number, or the one whose name was taken.
 *
 * @param {Omit<Wire.ChooseRealm, 'operation'>} req
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.Screen>}
 */
export const chooseRealm = (req, signal) =>
  cancellable(signal, (operation) => call('choose_realm', { req: { operation, ...req } }))

/**
 * Creates the SIP credential with the entered or the generated password.
 *
 * @param {Omit<Wire.CreateCredential, 'operation'>} req
 * @param {(message: Wire.Progress) => void} onProgress
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.Screen>}
 */
export const createCredential = (req, onProgress, signal) =>
  cancellable(signal, (operation) =>
    callToTheEnd('create_credential', { req: { operation, ...req }, progress: channel(onProgress) }))

/**
 * Replaces the password of the SIP credential that is being set up.
 *
 * @param {Omit<Wire.ChangePassword, 'operation'>} req
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.Screen>}
 */
export const changePassword = (req, signal) =>
  cancellable(signal, (operation) => call('change_password', { req: { operation, ...req } }))

/**
 * Accepts the password of an existing SIP credential if it produces the stored hash.
 *
 * @param {Omit<Wire.VerifyPassword, 'operation'>} req
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.Screen>}
 */
export const verifyPassword = (req, signal) =>
  cancellable(signal, (operation) => call('verify_password', { req: { operation, ...req } }))

/**
 * Checks the registration with the SIP credential that is being set up.
 *
 * @param {Omit<Wire.CheckRegistration, 'operation'>} req
 * @param {(message: Wire.MessageChartLine) => void} onProgress
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.CheckReport>}
 */
export const checkRegistration = (req, onProgress, signal) =>
  cancellable(signal, (operation) =>
    callToTheEnd('check_registration', { req: { operation, ...req }, progress: channel(onProgress) }))

/**
 * Keeps whether the test's details are open.
 *
 * @param {Wire.KeepTestDetails} req
 * @returns {Promise<void>}
 */
export const keepTestDetails = (req) => call('keep_test_details', { req })

/**
 * Continues to the phone, whether the test passed or not.
 *
 * @returns {Promise<Wire.Screen>}
 */
export const continueToPhone = () => call('continue_to_phone')

/**
 * Chooses the phone to set up, or none, to choose again.
 *
 * @param {Wire.ChoosePhone} req
 * @returns {Promise<Wire.Screen>}
 */
export const choosePhone = (req) => call('choose_phone', { req })

/**
 * Continues to the wait for the phone.
 *
 * @returns {Promise<Wire.Screen>}
 */
export const continueToWait = () => call('continue_to_wait')

/**
 * Goes back from the wait to a field of the phone's page.
 *
 * @param {Wire.ShowPhoneField} req
 * @returns {Promise<Wire.Screen>}
 */
export const showPhoneField = (req) => call('show_phone_field', { req })

/**
 * Polls for the phone's binding until there is one, less often over time.
 *
 * @param {(message: Wire.WatchReport) => void} onProgress
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
export const watchBindings = (onProgress, signal) =>
  cancellable(signal, (operation) =>
    call('watch_bindings', { req: { operation }, progress: channel(onProgress) }))

/**
 * Deletes the files that were saved for the phone, if they are still as they were written.
 *
 * @returns {Promise<Array<Wire.DeletedFile>>}
 */
export const deletePhoneFiles = () => call('delete_phone_files')

/**
 * Registers the practice phone with the shown settings.
 *
 * @returns {Promise<void>}
 */
export const registerPracticePhone = () => call('register_practice_phone')

/**
 * Continues to the test call, whether the phone registered or not.
 *
 * @returns {Promise<Wire.Screen>}
 */
export const continueToCall = () => call('continue_to_call')

/**
 * Sets up another phone in the same realm.
 *
 * @returns {Promise<Wire.Screen>}
 */
export const setUpAnotherPhone = () => call('set_up_another_phone')

/**
 * Ends the open journey and forgets its secrets.
 *
 * @returns {Promise<Wire.Screen>}
 */
export const finishJourney = () => call('finish_journey')

/**
 * Cancels the operation of this number. If it hasn't started yet, it won't.
 *
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
export const cancelOperation = (signal) =>
  cancellable(signal, (operation) => call('cancel_operation', { req: { operation } }))

/**
 * Copies a field of a phone's page to the clipboard.
 *
 * @param {Wire.CopyPhoneField} req
 * @returns {Promise<void>}
 */
export const copyPhoneField = (req) => call('copy_phone_field', { req })

/**
 * Saves the file of a phone where the person chooses. Returns its path, or nothing if they chose none.
 *
 * @param {Wire.SavePhoneFile} req
 * @returns {Promise<string | null>}
 */
export const savePhoneFile = (req) => call('save_phone_file', { req })

/**
 * Compares what was typed into the phone with the password.
 *
 * @param {Wire.ComparePassword} req
 * @returns {Promise<Wire.TypedPassword>}
 */
export const comparePassword = (req) => call('compare_password', { req })

/**
 * Opens the system's print dialog for what the window shows.
 *
 * @returns {Promise<void>}
 */
export const print = () => call('print')

/**
 * Returns the QR code of a phone, to show it. It may be as secret as the password.
 *
 * @param {Wire.RevealQrCode} req
 * @returns {Promise<Wire.QrDrawing>}
 */
export const revealQrCode = (req) => call('reveal_qr_code', { req })

/**
 * Returns the networks on which a file can be served.
 *
 * @returns {Promise<Array<Wire.LocalNetwork>>}
 */
export const localNetworks = () => call('local_networks')

/**
 * Serves the file of a phone on a network, until it is canceled or ends. Returns why it ended.
 *
 * @param {Omit<Wire.ServePhoneFile, 'operation'>} req
 * @param {(message: Wire.ServingEvent) => void} onProgress
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.Notice>}
 */
export const servePhoneFile = (req, onProgress, signal) =>
  cancellable(signal, (operation) =>
    callToTheEnd('serve_phone_file', { req: { operation, ...req }, progress: channel(onProgress) }))

/**
 * Opens the realms of the open desk.
 *
 * @returns {Promise<Wire.Screen>}
 */
export const openRealms = () => call('open_realms')

/**
 * Returns to the list of SIP credentials of the open desk.
 *
 * @returns {Promise<Wire.Screen>}
 */
export const openCredentials = () => call('open_credentials')

/**
 * Lists the realms again.
 *
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.RealmsReport>}
 */
export const listRealms = (signal) =>
  cancellable(signal, (operation) => call('list_realms', { req: { operation } }))

/**
 * Creates a realm and waits until it's active.
 *
 * @param {Omit<Wire.AddRealm, 'operation'>} req
 * @param {(message: Wire.Progress) => void} onProgress
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.RealmsReport>}
 */
export const addRealm = (req, onProgress, signal) =>
  cancellable(signal, (operation) =>
    callToTheEnd('add_realm', { req: { operation, ...req }, progress: channel(onProgress) }))

/**
 * Changes a realm's description, or makes it the account's default.
 *
 * @param {Omit<Wire.ChangeRealm, 'operation'>} req
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.RealmsReport>}
 */
export const changeRealm = (req, signal) =>
  cancellable(signal, (operation) => call('change_realm', { req: { operation, ...req } }))

/**
 * Deletes a realm whose name was typed to confirm, and waits until it's gone.
 *
 * @param {Omit<Wire.DeleteRealm, 'operation'>} req
 * @param {(message: Wire.Progress) => void} onProgress
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.RealmsReport>}
 */
export const deleteRealm = (req, onProgress, signal) =>
  cancellable(signal, (operation) =>
    callToTheEnd('delete_realm', { req: { operation, ...req }, progress: channel(onProgress) }))

/**
 * Saves a file where the person chooses. Returns its path, or nothing if they chose none.
 *
 * @param {Wire.Save} req
 * @returns {Promise<string | null>}
 */
export const save = (req) => call('save', { req })

/**
 * Saves the setup sheet of what is open where the person chooses. Returns its path, or nothing if they chose
 * none.
 *
 * @param {Wire.SaveSetupSheet} req
 * @returns {Promise<string | null>}
 */
export const saveSetupSheet = (req) => call('save_setup_sheet', { req })

/**
 * Saves the open form's values, and returns what it would create and send.
 *
 * @param {Wire.Draft} req
 * @returns {Promise<Wire.Preview>}
 */
export const saveDraft = (req) => call('save_draft', { req })

/**
 * Generates a password, which stays in the app, and returns its length.
 *
 * @returns {Promise<number>}
 */
export const generatePassword = () => call('generate_password')

/**
 * Returns a secret of what is open, to show it.
 *
 * @param {Wire.Reveal} req
 * @returns {Promise<string>}
 */
export const reveal = (req) => call('reveal', { req })

/**
 * Copies a value of what is open to the clipboard.
 *
 * @param {Wire.Copy} req
 * @returns {Promise<void>}
 */
export const copy = (req) => call('copy', { req })

/**
 * Returns the user name whose generated password would be lost by leaving what is open.
 *
 * @returns {Promise<string | null>}
 */
export const unsavedPassword = () => call('unsaved_password')

/**
 * Returns the user name whose generated password would be lost by closing the app.
 *
 * @returns {Promise<string | null>}
 */
export const unsavedPasswords = () => call('unsaved_passwords')

/**
 * Checks for a newer version, in builds with an update key.
 *
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.UpdateOffer>}
 */
export const checkForUpdate = (signal) =>
  cancellable(signal, (operation) => call('check_for_update', { req: { operation } }))

/**
 * Downloads the update that was found, verifies its signature, installs it, and restarts.
 *
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
export const installUpdate = (signal) =>
  cancellable(signal, (operation) => call('install_update', { req: { operation } }))

/**
 * Tells the window, before it closes, whose password would be lost with it.
 *
 * @param {(message: string) => void} onAsked
 * @returns {Promise<void>}
 */
export const subscribeCloseRequests = (onAsked) =>
  call('subscribe_close_requests', { asked: channel(onAsked) })

/**
 * Closes the window once the person agreed to lose the password.
 *
 * @returns {Promise<void>}
 */
export const closeWindow = () => call('close_window')

/**
 * Opens the trainer's panel while practice is open, or brings it to the front.
 *
 * @returns {Promise<void>}
 */
export const openTrainer = () => call('open_trainer')
