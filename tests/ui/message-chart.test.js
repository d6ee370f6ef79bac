/** The geometry of a message chart. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { geometry, wrap } from '../../ui/parts/message-chart-geometry.js'

const lines = [
  { plain: 'This computer asks to register.', heading: 'UDP 203.0.113.5:5006' },
  { plain: 'The registrar wants proof, and names the realm office.1a2b3c.auth.bandwidth.com in its answer.', heading: null },
  { plain: '', heading: 'UDP 203.0.113.6:5006' }
]

for (const width of [120, 320, 560, 900]) {
  for (const letter of [15, 30]) {
    test(`messages stay apart at ${width} px, letters of ${letter} px`, () => {
      const { messages, height, left, right } = geometry(lines, { width, letter })

      for (const [index, message] of messages.entries()) {
        const next = messages[index + 1]
        const words = message.plain.at(-1)
        assert.ok(message.top < message.y && message.y < message.top + message.height, 'the arrow is in its message')
        assert.equal(message.heading?.text ?? null, lines[index]?.heading)
        assert.ok(!message.heading || message.heading.y < message.top, 'the heading stands above its message')
        const last = messages[index - 1]
        assert.ok(!message.heading || !last || message.heading.y > last.top + last.height, 'and below the one before')
        assert.ok(!words || words.y < message.top + message.height, 'the plain words end in their message')
        assert.ok(!next || next.top >= message.top + message.height, 'no message covers the next')
      }
      const end = messages.at(-1)
      assert.ok(end && end.top + end.height <= height, 'the drawing holds the last message')
      assert.ok(left < right && left >= 0, 'the two lines keep their sides')
    })
  }
}

test('a sentence is broken between words and none is lost', () => {
  const broken = wrap('the registrar wants proof of it', 12)

  assert.deepEqual(broken, ['the', 'registrar', 'wants proof', 'of it'])
})

test('a word that is longer than the line stands alone', () => {
  assert.deepEqual(wrap('at office.1a2b3c.auth.bandwidth.com now', 10),
    ['at', 'office.1a2b3c.auth.bandwidth.com', 'now'])
})
