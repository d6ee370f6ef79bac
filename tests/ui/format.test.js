/** Times, groups of letters, strength and colors. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { when } from '../../ui/parts/format.js'
import { strength } from '../../ui/parts/strength.js'
import { tokens } from '../../ui/parts/code.js'
import { inFours } from '../../ui/parts/secret-view.js'

// A zone whose nights change their length, wherever the test runs.
process.env.TZ = 'Europe/Berlin'

const now = new Date(2026, 10, 23, 9, 0).getTime()

test('a time is told by its day', () => {
  assert.equal(when(new Date(2026, 10, 23, 0, 5).getTime(), now), 'today at 00:05')
  assert.equal(when(new Date(2026, 10, 22, 16, 40).getTime(), now), 'yesterday at 16:40')
  assert.match(when(new Date(2026, 10, 3, 16, 40).getTime(), now), /^on Tuesday,? 3 November at 16:40$/)
})

test('yesterday stays yesterday over a night with another length', () => {
  const march = new Date(2026, 2, 30, 1, 0).getTime()

  assert.equal(when(new Date(2026, 2, 29, 0, 30).getTime(), march), 'yesterday at 00:30')
})

test('a secret falls into groups of four and keeps every letter', () => {
  assert.deepEqual(inFours('aB3dEfGhJ'), ['aB3d', 'EfGh', 'J'])
  assert.deepEqual(inFours('é👍x€ab'), ['é👍x€', 'ab'], 'a letter of two units stays whole')
  assert.deepEqual(inFours(''), [])
})

test('a password that is short or repeats itself is weak', () => {
  for (const password of ['', 'password', '12345678', 'aaaaaaaaaaaaaaaaaaaaaaaa']) {
    assert.equal(strength(password), 'weak', password)
  }
  assert.equal(strength('correct horse'), 'fair')
  assert.equal(strength('aB3dEfGhJkMnPqRsTuVwXy'), 'strong')
})

test('coloring changes no letter of a message', () => {
  const messages = [
    'POST /api HTTP/1.1\nAuthorization: Bearer ••••••\n\n<Realm>\n  <Realm>a"b</Realm>\n</Realm>',
    'SIP/2.0 200 OK\r\nContact: <sip:a@192.0.2.1>;expires=60\r\n',
    '{ "access_token": "••••••", "n": [1, 2], "open',
    '<!-- <a> --><?xml version="1.0"?>'
  ]
  for (const message of messages) {
    assert.equal(tokens(message).map(({ text }) => text).join(''), message)
  }
})

test('tags, keys, headers and dots are told apart', () => {
  const kinds = (/** @type {string} */ text) =>
    tokens(text).flatMap(({ kind }) => (kind === null ? [] : [kind]))

  assert.deepEqual(kinds('<Id>22</Id>'), ['tag', 'tag', 'tag', 'tag'])
  assert.deepEqual(kinds('{"a": "b"}'), ['key', 'string'])
  assert.deepEqual(kinds('Host: example.com'), ['header'])
  assert.deepEqual(kinds('Hash ••••••'), ['secret'])
})
