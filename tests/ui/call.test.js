/** The call from this computer: meters and keys. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { digitOf, digits } from '../../ui/call/digits.js'
import { filled, rateLimit, levelWords } from '../../ui/call/meter-values.js'

test('a level never fills more than its bar', () => {
  for (const [level, share] of /** @type {[number | null, number][]} */ ([
    [0, 100], [-30, 50], [-60, 0], [-6, 90], [-120, 0], [3, 100], [-Infinity, 0], [NaN, 0], [null, 0]
  ])) {
    assert.equal(filled(level), share, String(level))
  }
})

test('a level is told in words, silence and nothing as themselves', () => {
  assert.equal(levelWords(-12.4), '−12 dBFS')
  assert.equal(levelWords(0), '0 dBFS')
  assert.equal(levelWords(-0.3), '0 dBFS')
  assert.equal(levelWords(-80), 'silence')
  assert.equal(levelWords(-Infinity), 'silence')
  assert.equal(levelWords(null), 'nothing yet')
})

test('a meter is drawn at most once in its pause', () => {
  const open = rateLimit(200)
  const drawn = [0, 50, 199, 200, 210, 1000].filter((now) => open(now))

  assert.deepEqual(drawn, [0, 200, 1000])
})

test('keys of the keyboard press those of the phone', () => {
  const plain = { ctrlKey: false, altKey: false, metaKey: false, repeat: false }

  for (const digit of digits) {
    assert.equal(digitOf({ ...plain, key: digit }, false), digit)
  }
  assert.equal(digits.length, 12)
  for (const key of ['a', 'A', 'Enter', ' ', 'F1', '10', '']) {
    assert.equal(digitOf({ ...plain, key }, false), null, key)
  }
})

test('typing, modifiers and held keys press no digit', () => {
  const plain = { key: '5', ctrlKey: false, altKey: false, metaKey: false, repeat: false }

  assert.equal(digitOf(plain, true), null)
  for (const held of ['ctrlKey', 'altKey', 'metaKey', 'repeat']) {
    assert.equal(digitOf({ ...plain, [held]: true }, false), null, held)
  }
})
