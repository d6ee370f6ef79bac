/** Drafts that are kept before a screen is left. */
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { keepDrafts } from '../../ui/parts/drafts.js'

/** @type {(() => void)[]} */
let answers = []
let flush = async () => {}

const settling = () => new Promise((resolve) => setImmediate(resolve))

/** @param {EventTarget} form */
function mount(form) {
  const leave = new AbortController()
  const context = {
    signal: leave.signal,
    say: () => {},
    beforeLeaving: (/** @type {() => Promise<void>} */ wait) => {
      flush = wait
    }
  }
  return keepDrafts(/** @type {any} */ (form), () => /** @type {any} */ ({}), /** @type {any} */ (context))
}

beforeEach(() => {
  answers = []
  // A refusal touches no element: it is only said.
  const invoke = () => new Promise((_, reject) => {
    answers.push(() => reject({ kind: 'storage', sentence: 'Full.' }))
  })
  Reflect.set(globalThis, 'window', { __TAURI__: { core: { invoke } } })
})

test('leaving waits for every keep that is on its way', async () => {
  const { keep } = mount(new EventTarget())
  void keep()
  assert.equal(answers.length, 2)

  let left = false
  const leaving = flush().then(() => {
    left = true
  })
  answers[1]?.()
  await settling()
  assert.equal(left, false, 'the first one is still on its way')

  answers[0]?.()
  await leaving
  assert.equal(left, true)
})

test('leaving keeps at once what was typed last', async () => {
  const form = new EventTarget()
  mount(form)
  form.dispatchEvent(new Event('input'))
  assert.equal(answers.length, 1)

  const leaving = flush()
  assert.equal(answers.length, 2)
  for (const answer of answers) {
    answer()
  }
  await leaving
})
