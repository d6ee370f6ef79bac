/** Which presses and keys reach what they hit. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pressJudge } from '../../ui/frame/presses.js'

test('half of a double click stays out of the next screen', () => {
  const judge = pressJudge()

  assert.ok(judge.takesPress(press(1000, 'go on')))
  judge.drawn(1040)
  assert.ok(!judge.takesPress(press(1150, 'place the call')))
  assert.ok(!judge.takesPress(press(1300, 'place the call')), 'nor the third')
  assert.ok(judge.takesPress(press(1900, 'place the call')), 'a click of its own does')
})

test('a press from before the next screen is ignored', () => {
  const judge = pressJudge()
  judge.takesPress(press(1000, 'go on'))
  judge.takesPress(press(3000, 'go on'))

  judge.drawn(4000)
  assert.ok(!judge.takesPress(press(3900, 'place the call')), 'made before it was drawn')
  assert.ok(!judge.takesPress(press(4100, 'place the call')), 'made before it could be read')
  assert.ok(judge.takesPress(press(4700, 'place the call')))
})

test('a double click never confirms the dialog that it opened', () => {
  const judge = pressJudge()

  judge.takesPress(press(1000, 'delete'))
  judge.drawn(1001)
  assert.ok(!judge.takesPress(press(1120, 'yes')))
})

test('a double click presses a button once, and a keypad twice', () => {
  const judge = pressJudge()

  assert.ok(judge.takesPress(press(1000, 'send', true)))
  assert.ok(!judge.takesPress(press(1150, 'send', true)))
  assert.ok(judge.takesPress(press(2000, '5')))
  assert.ok(judge.takesPress(press(2150, '5')))
})

test('a button that moved under the pointer is not pressed', () => {
  const judge = pressJudge()

  assert.ok(judge.takesPress(press(1000, 'replace', true)))
  assert.ok(!judge.takesPress(press(1150, 'check', true)))
  assert.ok(judge.takesPress({ ...press(1300, 'elsewhere', true), x: 300 }), 'one elsewhere is meant')
})

test('a first press is taken at once', () => {
  const judge = pressJudge()

  assert.equal(judge.drawn(1000), 0, 'nobody pressed anything')
  assert.ok(judge.takesPress(press(1001, 'set up')))
  assert.ok(judge.drawn(1100) > 0, 'somebody did')
})

test('a second Enter stays out of the next view', () => {
  const judge = pressJudge()

  assert.ok(judge.takesKey(enter(1000)))
  judge.drawn(1010)
  assert.ok(!judge.takesKey(enter(1150)))
  assert.ok(!judge.takesKey({ ...enter(1400), repeat: true }), 'a key that is held repeats nothing')
  assert.ok(judge.takesKey(enter(2000)))
})

test('fast typing reaches a form that was just opened', () => {
  const judge = pressJudge()
  judge.takesKey(enter(1000))
  judge.drawn(1010)

  for (const at of [1020, 1025, 1030]) {
    assert.ok(judge.takesKey({ at, enters: false, repeat: false }))
  }
  assert.ok(judge.takesKey(enter(1035)), 'and sends it')
})

/**
 * @param {number} at
 * @param {string} control
 * @param {boolean} [once]
 */
const press = (at, control, once = false) => ({ at, x: 100, y: 100, control, once })

/** @param {number} at */
const enter = (at) => ({ at, enters: true, repeat: false })
