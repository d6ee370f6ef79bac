/** Work and moves: one at a time, and a move waits for the work that it ends. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { free, isMoving, move, work } from '../../ui/frame/work.js'

const settling = () => new Promise((resolve) => setImmediate(resolve))

test('a move stops the work and goes once it has settled', async () => {
  /** @type {string[]} */
  const order = []
  const { promise, resolve } = late()
  void work(async (abort) => {
    abort.signal.addEventListener('abort', () => order.push('stopped'))
    await promise
    order.push('settled')
  })

  const moved = move(async () => {
    order.push('gone')
  })
  await settling()
  assert.deepEqual(order, ['stopped'])

  resolve()
  await moved
  assert.deepEqual(order, ['stopped', 'settled', 'gone'])
})

test('what waits for no work goes on once all has settled', async () => {
  const { promise, resolve } = late()
  void work(() => promise)
  let isFree = false
  const waited = free().then(() => {
    isFree = true
  })
  await settling()
  assert.equal(isFree, false)

  resolve()
  await waited
  assert.equal(isFree, true)
  await free()
})

test('a second move is dropped while the first one is on', async () => {
  let moves = 0
  const { promise, resolve } = late()
  const first = move(async () => {
    moves += 1
    await promise
  })
  await move(async () => {
    moves += 1
  })
  assert.equal(isMoving(), true)

  resolve()
  await first
  assert.equal(moves, 1)
  assert.equal(isMoving(), false)
})

test('work is not started during other work or a move', async () => {
  const { promise, resolve } = late()
  const first = work(() => promise)
  assert.equal(work(async () => {}), null, 'other work is on')

  const moved = move(async () => {
    assert.equal(work(async () => {}), null, 'a move is on')
  })
  resolve()
  await first
  await moved

  assert.equal(await work(async () => 'done'), 'done', 'both have ended')
})

test('work that fails and a move that fails leave the way free', async () => {
  const failed = work(async (abort) => {
    await new Promise((_, reject) => abort.signal.addEventListener('abort', reject))
  })
  failed?.catch(() => {})
  await assert.rejects(move(async () => {
    throw new Error('no screen')
  }), /no screen/)

  assert.equal(isMoving(), false)
  assert.equal(await work(async () => 'done'), 'done')
})

/** @returns {{ promise: Promise<void>, resolve: () => void }} */
function late() {
  let resolve = () => {}
  const promise = new Promise((/** @type {(value: void) => void} */ done) => {
    resolve = () => done()
  })
  return { promise, resolve }
}
