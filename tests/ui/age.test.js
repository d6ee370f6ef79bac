import assert from 'node:assert/strict'
import { mock, test } from 'node:test'

import { ageLine } from '../../ui/support-desk/age.js'

const MINUTE = 60_000
const NOW = 1_796_000_000_000

/** A line of which the text and the mark are looked at. */
function line() {
  /** @type {Set<string>} */
  const marks = new Set()
  return {
    textContent: '',
    marks,
    /** @type {(name: string, on: boolean) => void} */
    toggleAttribute(name, on) {
      if (on) {
        marks.add(name)
      } else {
        marks.delete(name)
      }
    }
  }
}

test('a stale list keeps saying how old it is', () => {
  mock.timers.enable({ apis: ['Date', 'setInterval'], now: NOW })
  const shown = line()
  const left = new AbortController()
  const age = ageLine(/** @type {any} */ (shown), left.signal)
  assert.equal(shown.textContent, '')

  age.set(NOW)
  const fresh = shown.textContent
  mock.timers.tick(3 * MINUTE)
  assert.match(shown.textContent, /3 minutes ago/)
  assert.ok(!shown.marks.has('data-old'))
  mock.timers.tick(14 * MINUTE)
  assert.match(shown.textContent, /17 minutes ago/)
  assert.ok(shown.marks.has('data-old'), 'it is marked')
  mock.timers.tick(2 * 60 * MINUTE)
  assert.match(shown.textContent, /2 hours ago/)

  age.set(Date.now())
  assert.equal(shown.textContent, fresh, 'a refresh makes it new')
  assert.ok(!shown.marks.has('data-old'))
  left.abort()
  mock.timers.reset()
})

test('a list of the future says that the clock was set back', () => {
  mock.timers.enable({ apis: ['Date', 'setInterval'], now: NOW })
  const shown = line()
  const left = new AbortController()

  ageLine(/** @type {any} */ (shown), left.signal).set(NOW + 60 * MINUTE)

  assert.match(shown.textContent, /clock/)
  assert.ok(shown.marks.has('data-old'), 'how old it is nobody knows')
  left.abort()
  mock.timers.reset()
})
