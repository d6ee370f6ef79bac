/**
 * Prints setup sheets as PDF by Chromium on both sizes of paper: each phone has its page, no text is cut,
 * and a password is only where it was asked for.
 */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test, { after, before } from 'node:test'
import { pathToFileURL } from 'node:url'
import { Browser } from './browser.js'

const root = join(import.meta.dirname, '../..')
const target = process.env.CARGO_TARGET_DIR ?? join(root, 'target')
const folder = join(target, 'recordings/sheets')
const saved = join(target, 'recordings/saved-sheets')
const screens = join(target, 'screens')

const CANARY = 'Canary7f3aQz19mKxP2vLwe'

/** The sizes of paper, in inches. */
const PAPERS = {
  letter: { paperWidth: 8.5, paperHeight: 11 },
  a4: { paperWidth: 8.27, paperHeight: 11.69 },
}

/** The text of each page of a sheet, and its password, without white space. */
const PAGES = `[...document.querySelectorAll('.page')].map((page) => ({
  words: [...page.querySelectorAll('h1, h2, .phone, .practice, li, th, .value, .instead, td i, small, .fold')]
    .map((each) => each.textContent.replace(/\\s+/g, '')),
  password: [...page.querySelectorAll('.tiles b')].map((tile) => tile.textContent).join('')
}))`

const browser = new Browser()

before(async () => {
  execFileSync(join(target, 'debug/acceptance-sheets'), [folder, CANARY])
  mkdirSync(screens, { recursive: true })
  await browser.start()
})
after(() => browser.end())

/**
 * Prints a sheet, and returns the text of each of its pages and that of each printed page.
 *
 * @param {string} name
 * @param {keyof typeof PAPERS} paper
 * @param {string} [from] the folder
 */
async function print(name, paper, from = folder) {
  await browser.open(pathToFileURL(join(from, `${name}.html`)).href)
  const pages = await browser.value(PAGES)
  const { data } = await browser.tools('Page.printToPDF', PAPERS[paper])
  assert.deepEqual(await browser.complaints(), [])
  const path = join(screens, `sheet-${name}-${paper}.pdf`)
  writeFileSync(path, Buffer.from(data, 'base64'))
  assert.deepEqual(outside(path), [])
  // A form feed ends each page.
  const printed = read(path, '-raw').split('\f').slice(0, -1)
  return { pages, printed: printed.map((page) => page.normalize('NFKC').replace(/\s+/g, '')) }
}

/**
 * @param {string} path
 * @param {string} how
 */
function read(path, how) {
  return execFileSync('pdftotext', [how, path, '-'], { encoding: 'utf8', maxBuffer: 1e9 })
}

/**
 * Returns the words that are not within the margins of their page, of which each is over 10 mm wide.
 *
 * @param {string} path
 */
function outside(path) {
  const margin = (10 / 25.4) * 72
  let [width, height] = [0, 0]
  const words = []
  for (const [, name, values, text = ''] of read(path, '-bbox').matchAll(/<(page|word) ([^>]*)>([^<\n]*)/g)) {
    const [a, b, c = 0, d = 0] = [...values.matchAll(/="([\d.-]+)"/g)].map(([, value]) => Number(value))
    if (name === 'page') {
      [width, height] = [a, b]
    } else if (a < margin || b < margin || c > width - margin || d > height - margin) {
      words.push(text)
    }
  }
  return words
}

/**
 * @param {{ words: string[], password: string }} page
 * @param {string} printed
 */
function isWhole({ words, password }, printed) {
  for (const text of [...words, password]) {
    assert.ok(printed.includes(text.normalize('NFKC')), `${text} is cut in ${printed}`)
  }
}

for (const paper of /** @type {(keyof typeof PAPERS)[]} */ (Object.keys(PAPERS))) {
  test(`each phone has one page on ${paper}, with its password`, async () => {
    const { pages, printed } = await print('with', paper)
    assert.ok(pages.length > 20)
    assert.equal(printed.length, pages.length)
    pages.forEach((/** @type {{ words: string[], password: string }} */ page, /** @type {number} */ place) => {
      isWhole(page, printed[place])
      assert.equal(page.password, CANARY)
    })
  })

  test(`a sheet on ${paper} has no password unless it was asked for`, async () => {
    const { pages, printed } = await print('without', paper)
    assert.equal(printed.length, pages.length)
    assert.ok(!printed.join('').includes(CANARY))
    assert.ok(printed.every((page) => page.includes('Notincluded.Shareitseparately.')))
  })

  test(`the longest names and password are whole on ${paper}`, async () => {
    const { pages, printed } = await print('longest', paper)
    assert.ok(printed.length <= 2 * pages.length)
    const all = printed.join('')
    pages.forEach((/** @type {{ words: string[], password: string }} */ page) => isWhole(page, all))
  })
}

test('sheets that the app saved have a page for each phone', async () => {
  for (const [name, count] of /** @type {const} */ ([['desk', 1], ['job', 2]])) {
    const { pages, printed } = await print(name, 'letter', saved)
    assert.equal(pages.length, count)
    assert.equal(printed.length, count)
    pages.forEach((/** @type {{ words: string[], password: string }} */ page, /** @type {number} */ place) => {
      isWhole(page, printed[place])
      assert.equal(page.password.length, 22)
    })
  }
})

test('a sheet of 1,000 phones has 1,000 pages', async () => {
  const { pages, printed } = await print('thousand', 'letter')
  assert.equal(pages.length, 1000)
  assert.equal(printed.length, 1000)
  for (const place of [0, 1, 499, 999]) {
    assert.ok(printed[place].includes(`Setupphone-${place + 1}`))
    assert.ok(printed[place].includes(CANARY))
  }
})
