/** The list of phones, and a phone's page. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, test } from 'node:test'
import { phoneNotes } from '../../ui/phones/notes.en.js'
import { groupsOf, kindOf, spelled } from '../../ui/phones/letters.js'
import { sentence } from '../../ui/phones/password-tiles.js'
import { lettersOf } from '../../ui/phones/portrait.js'
import { searchPhones, titleOf } from '../../ui/phones/search.js'
import { showInFront } from '../../ui/frame/in-front.js'
import { root } from './sources.js'

/** @import * as Wire from '../../ui/ipc/types.js' */

test('the sentences about phones are those of the data', () => {
  const path = join(root, '..', 'src-tauri', 'crates', 'phones', 'data', 'texts.en.toml')
  const lines = readFileSync(path, 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  const data = lines.map((line) => /^([a-z0-9-]+) = ("[^"]*")$/.exec(line) ?? assert.fail(line))

  assert.deepEqual(
    Object.entries(phoneNotes),
    data.map(([, name = '', text = '']) => [name, JSON.parse(text)]))
})

/**
 * @param {string} id
 * @param {Partial<Wire.PhoneRow>} row
 * @param {Record<string, string[]>} models by the name of their dialect
 * @returns {Wire.PhoneRow}
 */
const phone = (id, row, models) => ({
  id,
  maker: id,
  name: id,
  kind: 'desk',
  also: [],
  ...row,
  dialects: Object.entries(models).map(([dialect, names]) =>
    ({ id: dialect, name: dialect, models: names, file: true, qr: null, takesHash: false }))
})

const PHONES = [
  phone('bria', { maker: 'CounterPath', name: 'Bria', kind: 'app', also: ['X-Lite'] }, { current: ['Bria Solo'], old: ['Bria 3', 'X-Lite'] }),
  phone('cisco', { maker: 'Cisco', name: 'Cisco SPA and ATA' }, { spa: ['SPA112', 'ATA 191'] }),
  phone('obihai', { maker: 'Poly', name: 'Obihai OBi' }, { obi: ['OBi200', 'VVX 250 OBi edition'] }),
  phone('poly', { maker: 'Poly', name: 'Poly VVX', also: ['Polycom'] }, { uc: ['VVX 250', 'VVX 450'] }),
  phone('snom', { maker: 'Snom', name: 'Snom desk phones' }, { v10: ['D785'], v8: ['300'] }),
  phone('yealink', { maker: 'Yealink', name: 'Yealink T2 to T8' }, { current: ['T46G', 'T46S', 'T46U', 'T48U'] })
]

/** @param {string} query */
const found = (query) => searchPhones(PHONES, query).map((entry) => `${titleOf(entry)} (${entry.dialect.id})`)

test('a model, a maker, or an old name finds the phone', () => {
  for (const [query, first] of /** @type {const} */ ([
    ['T46U', 'Yealink T46U (current)'],
    ['t46u', 'Yealink T46U (current)'],
    ['yealink t46u', 'Yealink T46U (current)'],
    ['Yealink', 'Yealink T2 to T8 (current)'],
    ['Polycom', 'Poly VVX (uc)'],
    ['vvx250', 'Poly VVX 250 (uc)'],
    ['SPA112', 'Cisco SPA112 (spa)'],
    ['Cisco SPA and ATA', 'Cisco SPA and ATA (spa)'],
    ['yealink t2 to t8', 'Yealink T2 to T8 (current)'],
    ['OBi200', 'Poly OBi200 (obi)'],
    ['x-lite', 'CounterPath X-Lite (old)'],
    ['bria 3', 'Bria 3 (old)'],
    ['snom 300', 'Snom 300 (v8)'],
    ['snom', 'Snom desk phones (v10)']
  ])) {
    assert.equal(found(query)[0], first, query)
  }
})

test('models are listed where a part of their name was typed', () => {
  assert.deepEqual(found('T46'), ['Yealink T46G (current)', 'Yealink T46S (current)', 'Yealink T46U (current)'])
  assert.deepEqual(found('mitel 6867'), [])
  assert.deepEqual(found('(.*'), found(''), 'signs alone ask for nothing')
  assert.equal(found('').length, PHONES.length)
})

test('letters that look alike are told apart', () => {
  assert.deepEqual([...'Jk8 #Äß'].map(kindOf), ['capital', 'small', 'digit', 'space', 'sign', 'capital', 'small'])
  assert.deepEqual([...'Jk8 #€'].map(spelled), ['capital J', 'small k', 'digit 8', 'space', 'number sign #', 'sign €'])
  assert.deepEqual(groupsOf('abcdefghi').map((group) => group.join('')), ['abcd', 'efgh', 'i'])
  assert.deepEqual(groupsOf('𝒜bcde').map((group) => group.length), [4, 1], 'a pair of surrogates is one letter')
})

test('the first wrong character is named', () => {
  const at = (/** @type {Wire.TypedPasswordKind} */ kind, /** @type {number} */ place, typed = 'JAkn') =>
    sentence({ kind, at: place }, typed, 22) ?? ''

  assert.match(at('case', 4), /^Character 4 is wrong: you typed a small n\. It has to be a capital one\.$/)
  assert.match(at('case', 1), /you typed a capital J\. It has to be a small one\.$/)
  assert.match(at('different', 3), /^Character 3 is wrong: you typed k\.$/)
  assert.match(at('different', 2, 'a b'), /you typed space\.$/)
  assert.match(at('too_short', 4), /4 of 22/)
  assert.match(at('too_long', 23), /only 22 characters/)
  assert.match(at('space_at_end', 23), /space at the end/)
})

test('a name has two letters at most', () => {
  assert.deepEqual(['FreeSWITCH', 'Linphone', '3CX', 'baresip', 'Zoiper 5'].map(lettersOf), ['FS', 'Li', '3C', 'ba', 'Z5'])
})

/** @type {AbortController[]} */
const opened = []
// A page that stays open would hide its password only after minutes, and the tests would wait for that.
afterEach(() => {
  for (const leave of opened.splice(0)) {
    leave.abort()
  }
})

/** A window that is told by events, and a page in it. */
function around() {
  const page = Object.assign(new EventTarget(), { visibilityState: /** @type {DocumentVisibilityState} */ ('visible') })
  const leave = new AbortController()
  opened.push(leave)
  const seen = { visible: false, wanted: false, reveals: 0, failures: 0 }
  const window = new EventTarget()
  let answer = async () => {}
  const view = showInFront({
    signal: leave.signal,
    show: async () => {
      seen.reveals += 1
      await answer()
      seen.visible = true
    },
    hide: () => {
      seen.visible = false
    },
    onWish: (isWanted) => {
      seen.wanted = isWanted
    },
    onFailure: () => {
      seen.failures += 1
    }
  }, window, page)
  return { view, page, window, leave, seen, answers: (/** @type {() => Promise<void>} */ next) => { answer = next } }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

test('a password is seen only while its page is in front', async () => {
  const { view, page, window, leave, seen } = around()
  assert.equal(seen.visible, false, 'not before it is asked for')
  view.show()
  await settled()
  assert.equal(seen.visible, true)

  window.dispatchEvent(new Event('blur'))
  assert.equal(seen.visible, false)
  window.dispatchEvent(new Event('focus'))
  await settled()
  assert.equal(seen.visible, true)

  page.visibilityState = 'hidden'
  page.dispatchEvent(new Event('visibilitychange'))
  assert.equal(seen.visible, false)
  page.visibilityState = 'visible'
  page.dispatchEvent(new Event('visibilitychange'))
  await settled()
  assert.equal(seen.visible, true)

  leave.abort()
  assert.equal(seen.visible, false)
  window.dispatchEvent(new Event('focus'))
  await settled()
  assert.equal(seen.visible, false, 'nor after it was left')
})

test('a password that was hidden stays hidden in front', async () => {
  const { view, window, seen } = around()
  view.show()
  await settled()
  view.hide()

  window.dispatchEvent(new Event('blur'))
  window.dispatchEvent(new Event('focus'))
  await settled()
  assert.equal(seen.visible, false)
  assert.equal(seen.reveals, 1)
})

test('a password is hidden after 5 minutes without a touch', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] })
  const { view, page, seen } = around()
  view.show()
  await settled()
  context.mock.timers.tick(299_000)
  page.dispatchEvent(new Event('keydown'))
  context.mock.timers.tick(299_000)
  assert.equal(seen.visible, true)

  context.mock.timers.tick(1000)
  assert.equal(seen.visible, false)
  assert.equal(seen.wanted, false)
})

test('a password that arrives late is not shown', async () => {
  const { view, window, seen, answers } = around()
  let answer = () => {}
  answers(() => new Promise((resolve) => { answer = () => resolve() }))
  view.show()
  window.dispatchEvent(new Event('blur'))
  answer()
  await settled()

  assert.equal(seen.visible, false)
})

test('a password that can’t be read is reported once', async () => {
  const { view, seen, answers } = around()
  answers(() => Promise.reject(new Error('no')))
  view.show()
  await settled()

  assert.deepEqual([seen.visible, seen.wanted, seen.failures], [false, false, 1])
})
