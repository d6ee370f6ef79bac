/**
 * Every command of the app.
 *
 * A failed command rejects with a `Failure`. Commands that take a signal are stopped by it.
 *
 * @import * as Wire from './types.js'
 */
import { call, cancellable, channel } from './invoke.js'

export * from './accounts.js'
export * from './realms.js'

/**
 * Tells of links that were opened outside of the app, for as long as the window is open.
 *
 * @type {(listen: (asked: Wire.AskedByLink) => void) => Promise<void>}
 */
export const followLinks = (listen) => call('follow_links', { opened: channel(listen) })

/** @returns {Promise<Wire.Screen>} */
export const deleteCrashReport = () => call('delete_crash_report')

/** @type {(req: Wire.StartJourney) => Promise<Wire.Screen>} */
export const startJourney = (req) => call('start_journey', { req })

/** @type {(req: Omit<Wire.ContinueJourney, 'operation'>, signal: AbortSignal) => Promise<Wire.Screen>} */
export const continueJourney = (req, signal) =>
  cancellable(signal, (operation) => call('continue_journey', { req: { operation, ...req } }))

/** @type {(req: Omit<Wire.OpenAccount, 'operation'>, signal: AbortSignal) => Promise<Wire.Screen>} */
export const openAccount = (req, signal) =>
  cancellable(signal, (operation) => call('open_account', { req: { operation, ...req } }))

/**
 * Opens the desk that was open last, or the accounts where there is none yet.
 *
 * @returns {Promise<Wire.Screen>}
 */
export const openLastDesk = () => call('open_last_desk')

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

/** @type {(req: Wire.Draft) => Promise<Wire.Preview>} */
export const keepDraft = (req) => call('keep_draft', { req })

/** @type {(req: Omit<Wire.SignIn, 'operation'>, signal: AbortSignal) => Promise<Wire.Screen>} */
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

/** @type {(req: Omit<Wire.ChooseRealm, 'operation'>, signal: AbortSignal) => Promise<Wire.Screen>} */
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

/**
 * Opens the check of a credential that is typed, outside of any journey.
 *
 * @param {Wire.OpenCheck} req
 * @returns {Promise<Wire.Screen>}
 */
export const openCheck = (req) => call('open_check', { req })

/**
 * Lets the typed password be answered for a realm at a host, until the app ends.
 *
 * @type {(req: Wire.AllowRealm) => Promise<void>}
 */
export const allowRealm = (req) => call('allow_realm', { req })

/**
 * @param {Omit<Wire.CheckTyped, 'operation'>} req
 * @param {(line: Wire.LadderLine) => void} listen
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.CheckReport>}
 */
export const checkTyped = (req, listen, signal) =>
  cancellable(signal, (operation) =>
    call('check_typed', { req: { operation, ...req }, progress: channel(listen) }))

/**
 * @param {Omit<Wire.PingRegistrar, 'operation'>} req
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.PingReport>}
 */
export const pingRegistrar = (req, signal) =>
  cancellable(signal, (operation) => call('ping_registrar', { req: { operation, ...req } }))

/**
 * Checks again and again until it is stopped.
 *
 * @param {Omit<Wire.WatchRegistration, 'operation'>} req
 * @param {(tick: Wire.WatchTick) => void} listen
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
export const watchRegistration = (req, listen, signal) =>
  cancellable(signal, (operation) =>
    call('watch_registration', { req: { operation, ...req }, progress: channel(listen) }))

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

/**
 * @param {Omit<Wire.RingPhone, 'operation'>} req
 * @param {(progress: Wire.CallProgress) => void} listen
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.CallReport>}
 */
export const ringPhone = (req, listen, signal) =>
  cancellable(signal, (operation) =>
    call('ring_phone', { req: { operation, ...req }, progress: channel(listen) }))

/**
 * Calls from this computer. The signal hangs up, and the report comes all the same.
 *
 * @param {Omit<Wire.PlaceLocalCall, 'operation'>} req
 * @param {(progress: Wire.LocalCallProgress) => void} listen
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.LocalCallReport>}
 */
export const placeLocalCall = (req, listen, signal) =>
  cancellable(signal, (operation) =>
    call('place_local_call', { req: { operation, ...req }, progress: channel(listen) }))

/**
 * Presses a key in the call that is up.
 *
 * @param {Wire.PressDigit} req
 * @returns {Promise<void>}
 */
export const pressDigit = (req) => call('press_digit', { req })

/** @returns {Promise<Wire.Screen>} */
export const callDone = () => call('call_done')

/** @returns {Promise<Wire.Screen>} */
export const anotherPhone = () => call('another_phone')

/** @returns {Promise<Wire.Screen>} */
export const finishJourney = () => call('finish_journey')

/** @type {(req: Wire.Reveal) => Promise<string>} */
export const reveal = (req) => call('reveal', { req })

/** @type {(req: Wire.Copy) => Promise<void>} */
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
 * @returns {Promise<void>}
 */
export const print = () => call('print')

/** @returns {Promise<Wire.Exchange[]>} */
export const exchanges = () => call('exchanges')

export * from './desk.js'

/**
 * @param {AbortSignal} signal
 * @returns {Promise<Wire.UpdateOffer>}
 */
export const lookForUpdate = (signal) =>
  cancellable(signal, (operation) => call('look_for_update', { req: { operation } }))

/**
 * Installs the version that was found, and starts it.
 *
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
export const installUpdate = (signal) =>
  cancellable(signal, (operation) => call('install_update', { req: { operation } }))
