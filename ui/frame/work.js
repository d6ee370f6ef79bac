/** One thing at a time: a piece of long work, or a move to another screen that ends it first. */

/** @type {{ abort: AbortController, settled: Promise<unknown> } | null} */
let running = null
let moving = false

/**
 * Makes a function that does nothing while what it began is under way: one press does one thing.
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
 * Starts a piece of work, or gives `null` while other work or a move is on.
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

/** Stops the work that runs, if any; it may take a while until it has settled. */
export function stopWork() {
  running?.abort.abort()
}

/** Waits until no work runs. */
export async function free() {
  while (running) {
    await running.settled.catch(() => {})
  }
}

/** Whether a move is on, so that the screen is about to be left. */
export const isMoving = () => moving

/**
 * Moves once the work that runs has been stopped and has settled. Does nothing while another move
 * is on.
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
    // How the work ended is told by whoever started it.
    await running?.settled.catch(() => {})
    await go()
  } finally {
    moving = false
  }
}
