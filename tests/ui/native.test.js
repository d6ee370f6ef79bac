/** Keys that a window of its own treats in another way than a browser does. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { editOf, reloads } from '../../ui/frame/native.js'

test('keys that reload a page are known', () => {
  for (const event of [key('F5'), key('F5', { ctrlKey: true }), key('r', { ctrlKey: true }), key('R', { metaKey: true })]) {
    assert.ok(reloads(event), event.key)
  }
  assert.ok(!reloads(key('r')), 'a letter is typed')
})

test('keys that undo and redo are known', () => {
  assert.equal(editOf(key('z', { ctrlKey: true })), 'undo')
  assert.equal(editOf(key('z', { metaKey: true })), 'undo')
  assert.equal(editOf(key('Z', { ctrlKey: true, shiftKey: true })), 'redo')
  assert.equal(editOf(key('y', { ctrlKey: true })), 'redo')
  assert.equal(editOf(key('z')), null)
  assert.equal(editOf(key('y', { ctrlKey: true, altKey: true })), null)
})

/**
 * @param {string} name
 * @param {{ ctrlKey?: boolean, metaKey?: boolean, shiftKey?: boolean, altKey?: boolean }} [held]
 */
const key = (name, held = {}) => ({ key: name, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held })
