/** Secrets that are shown for a short while. */
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { showBriefly } from '../../ui/parts/secret-view.js'

let visible = false
let told = 0
/** @type {AbortSignal | undefined} */
let until
let answer = () => {}
let leave = new AbortController()

const view = () => showBriefly({
  signal: leave.signal,
  show: async () => {
    await new Promise((/** @type {(value: void) => void} */ resolve) => {
      answer = () => resolve()
    })
    visible = true
  },
  hide: () => {
    visible = false
  },
  onShown: (over) => {
    told += 1
    until = over
  }
})

beforeEach(() => {
  visible = false
  told = 0
  leave = new AbortController()
})

test('a secret is hidden by time', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] })
  const pressed = view().toggle()
  answer()
  await pressed
  assert.equal(visible, true)
  assert.equal(told, 1)
  assert.equal(until?.aborted, false)

  context.mock.timers.tick(30_000)
  assert.equal(visible, false)
  assert.equal(until?.aborted, true, 'what was said of it is over, too')
})

test('a secret hidden before its answer stays hidden', async () => {
  const { toggle, conceal } = view()
  const pressed = toggle()
  conceal()
  answer()
  await pressed

  assert.equal(visible, false)
  assert.equal(told, 0)
})

test('a press before the answer hides, the next one shows', async () => {
  const { toggle, conceal } = view()
  const first = toggle()
  await toggle()
  answer()
  await first
  assert.equal(visible, false)

  const third = toggle()
  answer()
  await third
  assert.equal(visible, true)
  conceal()
  assert.equal(visible, false)
})

test('a secret does not appear on a screen that was left', async () => {
  const pressed = view().toggle()
  leave.abort()
  answer()
  await pressed

  assert.equal(visible, false)
})

test('a secret that could not be shown can be asked for again', async () => {
  let fails = true
  const { toggle, conceal } = showBriefly({
    signal: leave.signal,
    show: async () => {
      if (fails) {
        throw new Error('no answer')
      }
      visible = true
    },
    hide: () => {
      visible = false
    }
  })
  await assert.rejects(toggle(), /no answer/)
  fails = false
  await toggle()

  assert.equal(visible, true)
  conceal()
})
