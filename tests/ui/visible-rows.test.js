/** The arithmetic of the list that draws only the rows in sight. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inSight, moved, page, scrolledTo } from '../../ui/parts/visible-rows.js'

const sight = (/** @type {number} */ top, total = 100_000) => ({ top, height: 440, rowHeight: 44, total })

test('rows in sight are drawn with a few around them', () => {
  for (const [top, first, count] of /** @type {const} */ ([
    [0, 0, 19], [43, 0, 19], [44, 0, 20], [44_000, 992, 27], [4_399_560, 99_981, 19]
  ])) {
    assert.deepEqual(inSight(sight(top)), { first, count }, `${top}`)
  }
})

test('what is in sight is drawn wherever one scrolls', () => {
  for (let top = 0; top < 44 * 400; top += 17) {
    const { first, count } = inSight(sight(top, 390))
    const seen = Math.min(Math.floor(top / 44), 380)
    assert.ok(first <= seen && first + count >= Math.min(390, seen + 11), `${top}: ${first} + ${count}`)
    assert.ok(first >= 0 && first + count <= 390 && count < 30)
  }
})

test('no height and no length makes many rows', () => {
  assert.deepEqual(inSight(sight(0, 0)), { first: 0, count: 0 })
  assert.deepEqual(inSight({ ...sight(0), rowHeight: 0 }), { first: 0, count: 0 })
  assert.deepEqual(inSight({ ...sight(0), rowHeight: NaN }), { first: 0, count: 0 })
  assert.ok(inSight({ ...sight(9e9), height: 1e9, rowHeight: 1 }).count <= 200)
  assert.deepEqual(inSight(sight(-500, 3)), { first: 0, count: 3 })
  assert.deepEqual(inSight(sight(9e9, 3)), { first: 0, count: 3 })
})

test('keys lead from row to row and stay in the list', () => {
  const step = page(sight(0))
  assert.equal(step, 9)
  for (const [key, at, to] of /** @type {const} */ ([
    ['ArrowDown', -1, 0], ['ArrowDown', 5, 6], ['ArrowDown', 99, 99],
    ['ArrowUp', -1, 0], ['ArrowUp', 5, 4], ['ArrowUp', 0, 0],
    ['PageDown', -1, 9], ['PageDown', 95, 99], ['PageUp', 5, 0], ['PageUp', 50, 41],
    ['Home', 50, 0], ['End', 0, 99], ['x', 5, null], ['Tab', 5, null]
  ])) {
    assert.equal(moved(key, at, 100, step), to, `${key} at ${at}`)
  }
  assert.equal(moved('End', -1, 0, step), null, 'an empty list has no row')
})

test('a row is scrolled into sight by the shortest way', () => {
  assert.equal(scrolledTo(3, sight(0)), 0, 'it is seen already')
  assert.equal(scrolledTo(9, sight(0)), 0)
  assert.equal(scrolledTo(10, sight(0)), 44)
  assert.equal(scrolledTo(99_999, sight(0)), 100_000 * 44 - 440)
  assert.equal(scrolledTo(2, sight(500)), 88)
})
