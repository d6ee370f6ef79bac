/** The list of phones where nobody knows the password. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashFirst } from '../../ui/phones/hash-first.js'

/** @import * as Wire from '../../ui/ipc/types.js' */

/**
 * @param {string} id
 * @param {boolean[]} takesHash of each dialect
 * @returns {Wire.PhoneRow}
 */
const phone = (id, takesHash) => ({
  id,
  maker: id,
  name: id,
  kind: 'desk',
  also: [],
  dialects: takesHash.map((takes, place) =>
    ({ id: `d${place}`, name: '', models: [], file: true, qr: null, takesHash: takes }))
})

test('phones that take a hash come first', () => {
  const phones = [phone('yealink', [false]), phone('snom', [false, true]), phone('linphone', [true])]

  const [[first], [second]] = /** @type {[[import('../../ui/phones/picker.js').Group], [import('../../ui/phones/picker.js').Group]]} */ (
    hashFirst({ phones, used: [] }))

  assert.deepEqual(first.entries.map((entry) => [entry?.phone.id, entry?.dialect.id]), [['snom', 'd1'], ['linphone', 'd0']])
  assert.deepEqual(second.entries.map((entry) => entry?.phone.id), ['yealink', undefined], 'and another phone')
})
