/**
 * Calls commands, receives their progress and cancels them. Nothing else in the window talks to Tauri.
 */

let nextOperation = 1

/**
 * @template T
 * @param {string} command
 * @param {Record<string, unknown>} [args]
 * @returns {Promise<T>}
 */
export function call(command, args) {
  return window.__TAURI__.core.invoke(command, args)
}

/** Waits for any response of the app, by canceling an operation number that is never used. */
export const roundTrip = () => call('cancel_operation', { req: { operation: 0 } }).catch(() => {})

/**
 * Calls a command whose result includes everything reported as progress. Progress and result travel
 * separately, so progress that arrives after the result is outdated and ignored.
 *
 * @template T
 * @param {string} command
 * @param {{ progress: { onmessage: (message: any) => void }, [name: string]: unknown }} args
 * @returns {Promise<T>}
 */
export async function callToTheEnd(command, args) {
  try {
    return await call(command, args)
  } finally {
    args.progress.onmessage = () => {}
  }
}

/**
 * @template T
 * @param {(message: T) => void} listen
 */
export function channel(listen) {
  const made = new window.__TAURI__.core.Channel()
  made.onmessage = (message) => listen(/** @type {T} */ (message))
  return made
}

/**
 * Runs a command that can be canceled. Dropping a promise doesn't cancel a Tauri command, so the signal
 * cancels it by number.
 *
 * @template T
 * @param {AbortSignal} signal
 * @param {(operation: number) => Promise<T>} start
 */
export async function cancellable(signal, start) {
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
