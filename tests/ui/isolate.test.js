/** Right-to-left names inside the window's sentences. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isolated } from '../../ui/texts/isolate.js'
import { texts } from '../../ui/texts/all.js'
import { rows } from './texts.js'

/** "Office" in Hebrew. */
const OFFICE = '\u05de\u05e9\u05e8\u05d3'

test('only right-to-left names are isolated', () => {
  for (const name of ['', 'frontdesk', 'Zürich 5', '接待', '+1 919 555 0150']) {
    assert.equal(isolated(name), name)
  }
  for (const letter of ['\u05d0', '\u0627', '\ufb50', '\u{1e900}']) {
    assert.equal(isolated(`a${letter}1`), `\u2068a${letter}1\u2069`)
  }
})

test('sentences isolate right-to-left names', () => {
  const isolate = `\u2068${OFFICE}\u2069`

  assert.equal(texts.accounts.signOutTitle(OFFICE), `Sign out of ${isolate}?`)
  assert.equal(texts.home.accountLine('5500123', OFFICE, 'A'), `Account 5500123 · ${isolate} · A`)
  assert.ok(texts.jobs.passwordsIn([OFFICE, 'b.csv']).includes(`${isolate}, b.csv`))
})

test('each text that takes a name isolates it', () => {
  const bare = new RegExp(`(?<!\u2068)${OFFICE}|${OFFICE}(?!2?\u2069)`)
  const taking = rows(OFFICE).filter(({ text }) => text.includes(OFFICE))

  assert.ok(taking.length > 60, `${taking.length}`)
  for (const { name, text } of taking) {
    assert.doesNotMatch(text, bare, name)
  }
})
