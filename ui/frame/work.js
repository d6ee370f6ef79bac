/** Runs one thing at a time: long work, or a move to another screen, which stops the work first. */

/** @type {{ abort: AbortController, settled: Promise<unknown> } | null} */
let running = null
let moving = false

/**
 * Wraps a function so that it does nothing while a previous call is running: one press, one action.
 *
 * @template {unknown[]} Args
 * @param {(...args: Args) => Promise<unknown>} act
 * @returns {(...args: Args) => Promise<void>}
 */
export function oneAtATime(act) {
  let busy = false
  return async (...args) => {
    if (busy) {
      return
    }
    busy = true
    try {
      await act(...args)
    } finally {
      busy = false
    }
  }
}

/**
 * Starts a piece of work; returns `null` during other work or a move.
 *
 * @template T
 * @param {(abort: AbortController) => Promise<T>} start
 * @returns {Promise<T> | null}
 */
export function work(start) {
  if (running || moving) {
    return null
  }
  const abort = new AbortController()
  const settled = start(abort).finally(() => {
    running = null
  })
  running = { abort, settled }
  return settled
}

/** Stops running work, if any; it may take a while to settle. */
export function stopWork() {
  running?.abort.abort()
}

/** Waits until no work runs. */
export async function free() {
  while (running) {
    await running.settled.catch(() => {})
  }
}

/** Whether a move is in progress, so that the screen is about to be left. */
export const isMoving = () => moving

/**
 * Moves after running work was stopped and has settled. Does nothing during another move.
 *
 * @param {() => Promise<void>} go
 */
export async function move(go) {
  if (moving) {
    return
  }
  moving = true
  try {
    stopWork()
    // The caller that started the work reports how it ended.
    await running?.settled.catch(() => {})
    await go()
  } finally {
    moving = false
  }
}
