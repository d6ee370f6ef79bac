/** Statistics of round trips. */

/**
 * @typedef {object} PingNumbers
 * @property {number} sent
 * @property {number} came
 * @property {{ least: number, middle: number, most: number } | null} times `null` where none came
 */

/**
 * Summarizes round trips. For an even number, the median is halfway between the two middle values.
 *
 * @param {readonly (number | null)[]} timesMs
 * @returns {PingNumbers}
 */
export function pingNumbers(timesMs) {
  const came = timesMs.filter((time) => time !== null).sort((a, b) => a - b)
  const [least] = came
  const most = came.at(-1)
  if (least === undefined || most === undefined) {
    return { sent: timesMs.length, came: 0, times: null }
  }
  const upper = came[Math.floor(came.length / 2)] ?? most
  const lower = came[Math.ceil(came.length / 2) - 1] ?? least
  return { sent: timesMs.length, came: came.length, times: { least, middle: (lower + upper) / 2, most } }
}
