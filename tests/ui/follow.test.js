/** Rows that scrolling asks for: a failure is told, and is gone once they could be read. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { follow } from '../../ui/parts/follow.js'

test('rows that cannot be read are told until they are read', async () => {
  const broken = new Error('no connection')
  let fails = true
  const read = async () => {
    if (fails) {
      throw broken
    }
  }
  /** @type {unknown[]} */
  const told = []
  const tell = (/** @type {unknown} */ error) => told.push(error)

  assert.equal(await follow(read, tell), false)
  fails = false
  assert.equal(await follow(read, tell), true)

  assert.deepEqual(told, [broken, null])
})
