/** The trainer's panel: how faults are found, and which key opens it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isKey } from '../../ui/frame/trainer.js'
import { faults, mostUsed } from '../../ui/trainer/faults.en.js'
import { matches } from '../../ui/trainer/find.js'

test('a fault is found by its name and by what the room sees', () => {
  assert.ok(matches('forbidden', '403'))
  assert.ok(matches('sip_alg', 'alg ROUTER'), 'every word, in any case')
  assert.ok(!matches('sip_alg', 'alg password'))
  assert.ok(matches('busy', ''), 'nothing typed finds everything')
})

test('the twelve most used are different faults', () => {
  assert.equal(new Set(mostUsed).size, 12)
  assert.ok(mostUsed.every((fault) => fault in faults))
})

test('one key opens the panel, with one modifier', () => {
  const key = { key: 't', ctrlKey: true, metaKey: false, altKey: false, shiftKey: false, repeat: false }

  assert.ok(isKey(key) && isKey({ ...key, key: 'T', ctrlKey: false, metaKey: true }))
  for (const other of [{ ctrlKey: false }, { metaKey: true }, { altKey: true }, { shiftKey: true }, { repeat: true }, { key: 'r' }]) {
    assert.ok(!isKey({ ...key, ...other }), JSON.stringify(other))
  }
})
