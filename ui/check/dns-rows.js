/** Two lists of records, side by side. */

/**
 * Pairs the records that both sides have, followed by those that only one side has. Records are
 * compared as DNS compares names: ignoring letter case and a trailing dot.
 *
 * @param {readonly string[]} account
 * @param {readonly string[]} here
 * @returns {{ account: string | null, here: string | null }[]}
 */
export function sideBySide(account, here) {
  const rest = [...here]
  const rows = account.map((record) => {
    const at = rest.findIndex((other) => name(other) === name(record))
    const [found] = at < 0 ? [] : rest.splice(at, 1)
    return { account: record, here: found ?? null }
  })
  return [
    ...rows.filter((row) => row.here !== null),
    ...rows.filter((row) => row.here === null),
    ...rest.map((record) => ({ account: null, here: record }))
  ]
}

/** @param {string} record */
const name = (record) => record.toLowerCase().replace(/\.$/, '')
