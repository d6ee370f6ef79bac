/** How commands are called, told of and stopped. Nothing else in the window talks to Tauri. */

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

/** Waits for an answer of the app, whatever it is: no operation has this number. */
export const roundTrip = () => call('cancel_operation', { req: { operation: 0 } }).catch(() => {})

/**
 * Calls a command whose answer holds all that its progress told. Both take different ways to the
 * window, so what comes after the answer is of the past, and nobody hears it.
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
 * Runs a command that can be stopped. Tauri does not stop a command when its promise is dropped,
 * so the signal asks by number.
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
