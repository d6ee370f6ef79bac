/** What the window's files must not hold, and what they must agree on. */
import assert from 'node:assert/strict'
import { existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { texts as ofTheWindow } from '../../ui/texts/all.js'
import { en } from '../../ui/texts/en.js'
import { textAt } from '../../ui/texts/index.js'
import { trainer } from '../../ui/trainer/trainer.en.js'
import { frame, page, root, sources } from './sources.js'

const texts = { ...ofTheWindow, trainer }

const scripts = sources('.js')
const styles = sources('.css')
const LICENSES = join('about', 'licenses.js')
const NAMES_TEXT = /data-(?:text|label|field|choice|hint)="([^"]+)"/g
/**
 * @param {string} path
 * @param {string} text
 */
const isDerived = (path, text) => path === LICENSES || text.startsWith('// Written by `cargo xtask')
/** @param {string} path */
const isTexts = (path) => path.endsWith('.en.js') || path.startsWith('texts')

test('the page holds no inline script, style or handler', () => {
  assert.doesNotMatch(page, /<script(?![^>]*\bsrc=)/i)
  assert.doesNotMatch(page, /<style/i)
  assert.doesNotMatch(page, /\sstyle\s*=/i)
  assert.doesNotMatch(page, /\son\w+\s*=/i)
  assert.doesNotMatch(page, /(?:src|href)="(?:https?:|data:|\/\/)/i)
})

test('scripts build no markup and style nothing inline', () => {
  for (const { path, text } of scripts) {
    assert.doesNotMatch(text, /innerHTML|outerHTML|insertAdjacentHTML|DOMParser|document\.write/, path)
    assert.doesNotMatch(text, /\.style\b|setAttribute\('style'/, path)
    assert.doesNotMatch(text, /\beval\(|new Function\(/, path)
  }
})

test('only invoke.js talks to Tauri', () => {
  const talkers = scripts.filter(({ text }) => text.includes('__TAURI__')).map(({ path }) => path)

  assert.deepEqual(talkers, [join('ipc', 'invoke.js')])
})

test('only the derived functions call commands', () => {
  const callers = scripts.filter(({ text }) => /^import \{[^}]*\bcall\b.*invoke\.js'$/m.test(text)).map(({ path }) => path)

  assert.deepEqual(callers, [join('ipc', 'commands.js'), join('ipc', 'trainer-commands.js')])
})

test('screens reach for nothing outside of their own view', () => {
  const whole = ['main.js', join('trainer', 'main.js'), LICENSES, join('parts', 'dom.js')]
  for (const { path, text } of scripts) {
    if (!path.startsWith('frame') && !whole.includes(path)) {
      const code = text.replace(/\/\*[^]*?\*\/|\/\/.*$/gm, '')
      assert.doesNotMatch(code, /\bdocument\b/, path)
    }
  }
})

test('nothing is kept in the storage of the window', () => {
  for (const { path, text } of scripts) {
    assert.doesNotMatch(text, /localStorage|sessionStorage|indexedDB|document\.cookie/, path)
  }
})

test('modules export by name, name endings and stay short', () => {
  for (const { path, text } of scripts) {
    assert.doesNotMatch(text, /export default/, path)
    for (const [, from] of text.matchAll(/^import .* from '([^']+)'$/gm)) {
      assert.match(from ?? '', /^\.\.?\/.*\.js$/, path)
    }
    assert.ok(isDerived(path, text) || text.split('\n').length <= 300, `${path} has a seam`)
  }
})

test('the styles keep to what the oldest WebView knows', () => {
  for (const { path, text } of styles) {
    assert.doesNotMatch(text, /light-dark\(|^\s+&/m, path)
    assert.doesNotMatch(text, /!important/, path)
    assert.doesNotMatch(text, /url\("?(?:https?:|data:)/, path)
    assert.doesNotMatch(text, /(?:font|size|inline|block|padding|margin)[\w-]*:[^;]*\b(?:[2-9]|\d{2,})px/, `${path}: sizes are in rem`)
  }
})

test('every style sheet and font that is named is there', () => {
  for (const { path, text } of styles) {
    for (const [, url] of text.matchAll(/url\("([^"]+)"\)/g)) {
      assert.ok(existsSync(join(root, dirname(path), url ?? '')), `${path} names ${url}`)
    }
  }
  assert.ok(statSync(join(root, 'fonts', 'inter-latin.woff2')).size < 60 * 1024)
  assert.ok(existsSync(join(root, 'fonts', 'OFL.txt')), 'the font goes with its license')
})

test('every text that a template names is in the catalogue', () => {
  const named = [...page.matchAll(NAMES_TEXT)].map(([, path]) => path ?? '')

  assert.ok(named.length > 100, 'the templates name their texts')
  for (const path of named) {
    assert.notEqual(textAt(path), '', path)
  }
})

test('what is there first has its texts from the beginning', () => {
  const early = scripts.filter(({ text }) => text.includes("/texts/index.js'")).map(({ text }) => text).join('\n')
  const cloned = [...early.matchAll(/\bclone(?:One)?\('([^']+)'\)/g)].map(([, name]) => name ?? '')
  const [, ...templates] = page.split('<template id="template-')
  const shown = templates.filter((template) => ['home', ...cloned].some((name) => template.startsWith(`${name}"`)))

  assert.ok(cloned.includes('failure'), 'templates are found by who clones them')
  for (const markup of [frame, ...shown]) {
    for (const [, path = ''] of markup.matchAll(NAMES_TEXT)) {
      assert.ok((path.split('.')[0] ?? '') in en, path)
    }
  }
})

test('every text of the catalogue is used', () => {
  const named = new Set([...page.matchAll(NAMES_TEXT)].map(([, path]) => path))
  const code = scripts.filter(({ path }) => !isTexts(path)).map(({ text }) => text).join('\n')

  for (const [group, words] of Object.entries(texts)) {
    // Groups that are looked up by a word of the core are used as a whole.
    if (new RegExp(`texts\\.${group}\\[`).test(code)) {
      continue
    }
    for (const key of Object.keys(words)) {
      assert.ok(
        named.has(`${group}.${key}`) || new RegExp(`(?:texts\\.${group}|words)\\.${key}\\b`).test(code),
        `${group}.${key} is used nowhere`)
    }
  }
})

test('a template is in the folder of what clones it', () => {
  for (const { path, text } of sources('.html')) {
    for (const [, name = ''] of text.matchAll(/<template id="template-([^"]+)"/g)) {
      const beside = scripts.filter((script) => dirname(script.path) === dirname(path))
      assert.ok(beside.some((script) => script.text.includes(`'${name}'`)), `${path}: nothing beside it uses ${name}`)
    }
  }
})

test('every style sheet is in a layer of the page', () => {
  const listed = new Set(styles.flatMap(({ path, text }) =>
    [...text.matchAll(/@import url\("([^"]+)"\) layer/g)].map(([, url = '']) => join(dirname(path), url))))
  const lists = ['index.css', 'other-screens.css'].map((name) => join('styles', name))
  lists.push(join('trainer', 'styles.css'))

  for (const { path } of styles) {
    assert.ok(listed.has(path) || lists.includes(path), path)
  }
})

test('no file of the window is longer than 400 lines', () => {
  for (const { path, text } of [...scripts, ...styles, ...sources('.html')]) {
    assert.ok(isDerived(path, text) || text.split('\n').length <= 400, path)
  }
})

test('the page has no text of its own', () => {
  const text = page
    .replace(/<title>[^]*?<\/title>/g, '')
    .replace(/<[^>]+>/g, '')
    .replace(/[\s:]/g, '')

  assert.equal(text, '')
})

test('controls have labels, and ids stand once in a template', () => {
  for (const [, name, content = ''] of page.matchAll(/<template id="template-([^"]+)">([^]*?)<\/template>/g)) {
    const ids = [...content.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)
    assert.equal(new Set(ids).size, ids.length, `${name}: an id stands twice`)
    const lines = content.split('\n')
    for (const [at, line] of lines.entries()) {
      if (/<(?:input|select|textarea)\b/.test(line)) {
        const around = [lines[at - 2], lines[at - 1], line, lines[at + 2]].join('\n')
        assert.match(around, /data-field=|data-choice=|<label\b/, `${name}: ${line.trim()}`)
      }
    }
  }
})

test('labels and hints of fields come from the one template', () => {
  const own = sources('.html').filter(({ text }) => /<label\b/.test(text)).map(({ path }) => path)

  // The filters of a plan hold counts, a listed account is a card.
  assert.deepEqual(own.sort(), [
    join('accounts', 'account-list.html'), join('import', 'import.html'), join('parts', 'field.html')
  ])
})

test('every icon that is used is drawn', () => {
  const drawn = new Set([...page.matchAll(/<symbol id="([^"]+)"/g)].map(([, id]) => id))

  for (const [, id] of page.matchAll(/<use href="#([^"]+)"/g)) {
    assert.ok(drawn.has(id), id)
  }
})
