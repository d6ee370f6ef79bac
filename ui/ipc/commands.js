/**
 * Every command of the app. Nothing else in the window talks to Tauri.
 *
 * A failed command rejects with a `Failure`. Commands that take a signal are stopped by it.
 *
 * @import * as Wire from './types.js'
 */

let nextOperation = 1

/**
 * @template T
 * @param {string} command
 * @param {Record<string, unknown>} [args]
 * @returns {Promise<T>}
 */
function call(command, args) {
  return window.__TAURI__.core.invoke(command, args)
}

/**
 * @template T
 * @param {(message: T) => void} listen
 */
function channel(listen) {
  const made = new window.__TAURI__.core.Channel()
  made.onmessage = (message) => listen(/** @type {T} */ (message))
  return made
}

/**
 * Runs a command that can be stopped. Tauri does not stop a command when its promise is dropped,
 * so the signal asks by number.
 *
 * @template T
 * @param {AbortSignal} signal
 * @param {(operation: number) => Promise<T>} start
 */
async function cancellable(signal, start) {
  signal.throwIfAborted()
  const operation = nextOperation++
  const cancel = () => {
    call('cancel_operation', { req: { operation } }).catch(() => {})
  }
  signal.addEventListener('abort', cancel, { once: true })
  try {
    return await start(operation)
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}

/** @returns {Promise<Wire.Screen>} */
export const home = () => call('home')

/**
 * @param {Wire.StartJourney} req
 * @returns {Promise<Wire.Screen>}
 */
export const startJourney = (req) => call('start_journey', { req })

/**
 * @param {Omit<Wire.ContinueJourney, 'operation'>} req
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.Screen>}
 */
export const continueJourney = (req, signal) =>
  cancellable(signal, (operation) => call('continue_journey', { req: { operation, ...req } }))

/**
 * @param {Omit<Wire.OpenAccount, 'operation'>} req
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.Screen>}
 */
export const openAccount = (req, signal) =>
  cancellable(signal, (operation) => call('open_account', { req: { operation, ...req } }))

/**
 * @param {Wire.ForgetAccount} req
 * @returns {Promise<Wire.Screen>}
 */
export const forgetAccount = (req) => call('forget_account', { req })

/** @returns {Promise<Wire.Screen>} */
export const resetPractice = () => call('reset_practice')

/** @returns {Promise<Wire.Screen>} */
export const leave = () => call('leave')

/**
 * Opens the sign-in, which leads back to the step that is open.
 *
 * @returns {Promise<Wire.Screen>}
 */
export const signInAgain = () => call('sign_in_again')

/** @returns {Promise<Wire.Screen>} */
export const prepared = () => call('prepared')

/** @returns {Promise<Wire.Screen>} */
export const goBack = () => call('go_back')

/**
 * @param {Wire.Draft} req
 * @returns {Promise<Wire.Preview>}
 */
export const keepDraft = (req) => call('keep_draft', { req })

/**
 * @param {Omit<Wire.SignIn, 'operation'>} req
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.Screen>}
 */
export const signIn = (req, signal) =>
  cancellable(signal, (operation) => call('sign_in', { req: { operation, ...req } }))

/**
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.Screen>}
 */
export const refreshRealms = (signal) =>
  cancellable(signal, (operation) => call('refresh_realms', { req: { operation } }))

/**
 * @param {Omit<Wire.CreateRealm, 'operation'>} req
 * @param {(progress: Wire.Progress) => void} listen
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.Screen>}
 */
export const createRealm = (req, listen, signal) =>
  cancellable(signal, (operation) =>
    call('create_realm', { req: { operation, ...req }, progress: channel(listen) }))

/**
 * @param {Omit<Wire.ChooseRealm, 'operation'>} req
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.Screen>}
 */
export const chooseRealm = (req, signal) =>
  cancellable(signal, (operation) => call('choose_realm', { req: { operation, ...req } }))

/**
 * Makes a password, which stays in the app, and gives its length.
 *
 * @returns {Promise<number>}
 */
export const makePassword = () => call('make_password')

/**
 * @param {Omit<Wire.CreateCredential, 'operation'>} req
 * @param {(progress: Wire.Progress) => void} listen
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.Screen>}
 */
export const createCredential = (req, listen, signal) =>
  cancellable(signal, (operation) =>
    call('create_credential', { req: { operation, ...req }, progress: channel(listen) }))

/**
 * @param {Omit<Wire.NewPassword, 'operation'>} req
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.Screen>}
 */
export const newPassword = (req, signal) =>
  cancellable(signal, (operation) => call('new_password', { req: { operation, ...req } }))

/**
 * @param {Omit<Wire.TypePassword, 'operation'>} req
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.Screen>}
 */
export const typePassword = (req, signal) =>
  cancellable(signal, (operation) => call('type_password', { req: { operation, ...req } }))

/**
 * @param {Omit<Wire.CheckRegistration, 'operation'>} req
 * @param {(line: Wire.LadderLine) => void} listen
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.CheckReport>}
 */
export const checkRegistration = (req, listen, signal) =>
  cancellable(signal, (operation) =>
    call('check_registration', { req: { operation, ...req }, progress: channel(listen) }))

/**
 * @param {(report: Wire.WatchReport) => void} listen
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
export const watchBindings = (listen, signal) =>
  cancellable(signal, (operation) =>
    call('watch_bindings', { req: { operation }, progress: channel(listen) }))

/** @returns {Promise<void>} */
export const registerPracticePhone = () => call('register_practice_phone')

/** @returns {Promise<Wire.Screen>} */
export const registrationDone = () => call('registration_done')

/**
 * @param {Omit<Wire.CheckTwilio, 'operation'>} req
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.Screen>}
 */
export const checkTwilio = (req, signal) =>
  cancellable(signal, (operation) => call('check_twilio', { req: { operation, ...req } }))

/**
 * @param {Omit<Wire.PlaceCall, 'operation'>} req
 * @param {(progress: Wire.CallProgress) => void} listen
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.CallReport>}
 */
export const placeCall = (req, listen, signal) =>
  cancellable(signal, (operation) =>
    call('place_call', { req: { operation, ...req }, progress: channel(listen) }))

/** @returns {Promise<Wire.Screen>} */
export const callDone = () => call('call_done')

/** @returns {Promise<Wire.Screen>} */
export const anotherPhone = () => call('another_phone')

/** @returns {Promise<Wire.Screen>} */
export const finishJourney = () => call('finish_journey')

/**
 * @param {Wire.Reveal} req
 * @returns {Promise<string>}
 */
export const reveal = (req) => call('reveal', { req })

/**
 * @param {Wire.Copy} req
 * @returns {Promise<void>}
 */
export const copy = (req) => call('copy', { req })

/**
 * Saves a file where the person chooses, and gives its path, or `null` if they chose none.
 *
 * @param {Wire.Save} req
 * @returns {Promise<string | null>}
 */
export const save = (req) => call('save', { req })

/**
 * Opens the system's print dialog for what the window shows.
 *
 * @returns {Promise<null>}
 */
export const print = () => call('print')

/** @returns {Promise<Wire.Exchange[]>} */
export const exchanges = () => call('exchanges')

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
  call('load_desk', { req: { operation }, progress: channel(listen) }))

/** @type {(req: Wire.ListRows) => Promise<Wire.DeskRows>} */
export const deskRows = (req) => call('desk_rows', { req })

/** @type {(req: Wire.SelectRows) => Promise<number>} */
export const selectRows = (req) => call('select_rows', { req })

/** @type {(req: Wire.ShowCredential) => Promise<Wire.DeskCredential>} */
export const deskCredential = (req) => call('desk_credential', { req })

/**
 * @type {(req: Omit<Wire.CheckCredentials, 'operation'>, listen: (one: Wire.DeskChecked) => void,
 *   signal: AbortSignal) => Promise<Wire.DeskCheckReport>}
 */
export const checkCredentials = (req, listen, signal) => cancellable(signal, (operation) =>
  call('check_credentials', { req: { operation, ...req }, progress: channel(listen) }))
