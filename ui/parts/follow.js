/** Reading that nobody waits for, such as that of scrolling: a failure has to be told in place. */

/**
 * Reads, and tells of a failure; `null` says that there is none any longer.
 *
 * @param {() => Promise<unknown>} read
 * @param {(error: unknown) => void} tell
 * @returns {Promise<boolean>} whether it was read
 */
export async function follow(read, tell) {
  try {
    await read()
  } catch (error) {
    tell(error)
    return false
  }
  tell(null)
  return true
}
