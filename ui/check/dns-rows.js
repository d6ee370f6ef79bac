/** Two lists of records, side by side. */

/**
 * Puts what both sides hold into one row, then what only one of them holds. Records are compared as
 * DNS compares names: letter case and a last dot do not matter.
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
