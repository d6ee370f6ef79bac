/** The check: looks of a watch, round trips of a ping, records side by side. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sideBySide } from '../../ui/check/dns-rows.js'
import { pingNumbers } from '../../ui/check/ping-times.js'
import { fitting, nothingSeen, secondsBetween, withLook } from '../../ui/check/watch-history.js'

/** @import { Tone } from '../../ui/ipc/types.js' */

/** @param {readonly Tone[]} tones */
const seen = (tones) => tones.reduce((before, tone, index) => withLook(before, {
  at: 1000 * (index + 1), tone, sentence: `Look ${index + 1}`, tookMs: 40, bindings: 1
}), nothingSeen)

/** @param {number} count */
const good = (count) => Array.from({ length: count }, () => /** @type {Tone} */ ('good'))

test('a history shows the newest checks that fit, counts others', () => {
  const { shown, earlier } = fitting(seen(good(60)), { width: 100, mark: 26 })

  assert.deepEqual(shown.map(({ sentence }) => sentence), ['Look 58', 'Look 59', 'Look 60'])
  assert.equal(earlier, 57)
})

test('room for all shows every check, for none the newest', () => {
  assert.deepEqual(fitting(seen(good(3)), { width: 500, mark: 26 }).earlier, 0)
  assert.equal(fitting(nothingSeen, { width: 500, mark: 26 }).shown.length, 0)
  assert.deepEqual(fitting(seen(good(3)), { width: 0, mark: 26 }).shown.map(({ sentence }) => sentence), ['Look 3'])
})

test('days of checks are counted, and few of them kept', () => {
  const long = seen([...good(900), 'bad', ...good(300)])

  assert.equal(long.count, 1201)
  assert.ok(long.looks.length <= 200)
  assert.equal(long.tones.good, 1200)
  assert.equal(long.tones.bad, 1, 'the failure is counted though its look is kept no more')
  assert.equal(long.since, 1000)
  assert.equal(fitting(long, { width: 100_000, mark: 26 }).earlier, 1201 - long.looks.length)
})

test('a check that ends otherwise is a change, newest first', () => {
  const { changes } = seen(['good', 'good', 'bad', 'bad', 'wait', 'good'])

  assert.deepEqual(changes.map(({ sentence }) => sentence), ['Look 6', 'Look 5', 'Look 3', 'Look 1'])
})

test('the number of changes that are kept is bounded', () => {
  const tones = Array.from({ length: 400 }, (_, index) => /** @type {Tone} */ (index % 2 ? 'bad' : 'good'))
  const { changes } = seen(tones)

  assert.ok(changes.length <= 10)
  assert.equal(changes[0]?.sentence, 'Look 400')
})

test('seconds between looks are a whole number from 5 to 3600', () => {
  for (const [typed, seconds] of /** @type {[string, number | null][]} */ ([
    ['30', 30], [' 5 ', 5], ['3600', 3600], ['4', null], ['3601', null], ['', null], ['1e2', null], ['-30', null], ['30.5', null], ['abc', null]
  ])) {
    assert.equal(secondsBetween(typed), seconds, typed)
  }
})

test('round trips are summed up without those that were lost', () => {
  assert.deepEqual(pingNumbers([40, null, 100, 20, null]), { sent: 5, came: 3, times: { least: 20, middle: 40, most: 100 } })
  assert.deepEqual(pingNumbers([9, 100, 11, 20]), { sent: 4, came: 4, times: { least: 9, middle: 15.5, most: 100 } })
  assert.deepEqual(pingNumbers([7]), { sent: 1, came: 1, times: { least: 7, middle: 7, most: 7 } })
})

test('a registrar that never answers has no times', () => {
  assert.deepEqual(pingNumbers([null, null]), { sent: 2, came: 0, times: null })
  assert.deepEqual(pingNumbers([]), { sent: 0, came: 0, times: null })
})

test('records stand beside their like and the others come last', () => {
  assert.deepEqual(sideBySide(['10 0 5006 Sip1.example.net', '203.0.113.5'], ['198.51.100.1', '10 0 5006 sip1.example.net.']), [
    { account: '10 0 5006 Sip1.example.net', here: '10 0 5006 sip1.example.net.' },
    { account: '203.0.113.5', here: null },
    { account: null, here: '198.51.100.1' }
  ])
})

test('a record twice on one side is missing once on the other', () => {
  assert.deepEqual(sideBySide(['a', 'a'], ['a']), [{ account: 'a', here: 'a' }, { account: 'a', here: null }])
})
