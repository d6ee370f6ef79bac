/** Times, numbers, groups of letters, strength and colors. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { timesIn } from '../../ui/parts/format.js'
import { duration, numbersIn, plural } from '../../ui/texts/numbers.en.js'
import { strength } from '../../ui/parts/strength.js'
import { tokens } from '../../ui/parts/code.js'
import { inFours } from '../../ui/parts/secret-view.js'

// A zone whose nights change their length, wherever the test runs.
process.env.TZ = 'Europe/Berlin'

const now = new Date(2026, 10, 23, 9, 0).getTime()

/** Which blank stands before AM and PM differs from one version of Unicode's data to the next. */
const plain = (/** @type {string} */ text) => text.replace(/\s/g, ' ')

test('a time is told by its day, on the clock of the person', () => {
  const british = timesIn('en-GB').when
  const american = timesIn('en-US').when
  const german = timesIn('de-DE').when
  const [early, before, tuesday] = [[23, 0, 5], [22, 16, 40], [3, 16, 40]].map(([day, hour, minute]) =>
    new Date(2026, 10, day, hour, minute).getTime())

  assert.equal(british(early ?? 0, now), 'today at 00:05')
  assert.equal(british(before ?? 0, now), 'yesterday at 16:40')
  assert.match(british(tuesday ?? 0, now), /^on Tuesday,? 3 November at 16:40$/)
  assert.equal(plain(american(early ?? 0, now)), 'today at 12:05 AM')
  assert.equal(plain(american(tuesday ?? 0, now)), 'on Tuesday, November 3 at 4:40 PM')
  assert.match(german(tuesday ?? 0, now), /^on Tuesday,? 3 November at 16:40$/, 'in the language of the texts')
})

test('yesterday stays yesterday over a night with another length', () => {
  const march = new Date(2026, 2, 30, 1, 0).getTime()

  assert.equal(timesIn('en-GB').when(new Date(2026, 2, 29, 0, 30).getTime(), march), 'yesterday at 00:30')
})

test('numbers are written as the locale does, in Latin digits', () => {
  assert.equal(numbersIn('en-US').number(1_234_567), '1,234,567')
  assert.equal(numbersIn('de-DE').number(1_234_567), '1.234.567')
  assert.equal(numbersIn('de-DE').decimal(1), '1,0')
  assert.match(numbersIn('ar-EG').number(42), /^42$/)
})

test('texts have the marks of a locale with a decimal comma', () => {
  const all = new URL('../../ui/texts/all.js', import.meta.url)
  const script = `
    const { texts } = await import(${JSON.stringify(all.href)})
    const counts = [0, 1, 2, 1_000_000]
    console.log(JSON.stringify([...counts.map(texts.many.more), texts.time.took(1500), texts.jobs.rate(2.5)]))`
  const environment = { ...process.env, LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' }

  const said = execFileSync(process.execPath, ['--input-type=module', '--eval', script], { env: environment })

  assert.deepEqual(JSON.parse(said.toString()), [
    '0 more phones', '1 more phone', '2 more phones', '1.000.000 more phones', '1,5 s', '2,5 per second'
  ])
})

test('one thing is never told as several', () => {
  const phones = (/** @type {number} */ count) => plural(count, { one: '1 phone', other: `${count} phones` })

  assert.deepEqual([0, 1, 2].map(phones), ['0 phones', '1 phone', '2 phones'])
})

test('a duration is told by its two largest units', () => {
  assert.deepEqual([0, 1, 59.9, 60, 61, 3600, 86_400, 90_061].map(duration), [
    '0 seconds', '1 second', '59 seconds', '1 minute', '1 minute, 1 second', '1 hour', '1 day', '1 day, 1 hour'
  ])
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
