/**
 * Plays what was recorded in the app's own window once more in Chromium, the engine of WebView2: the same
 * built page, the same acts, the same answers. Each screen is pictured and checked for accessibility.
 */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test, { after } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { Browser } from './browser.js'
import { CUT, LENGTHEN, LONGEST_NAMES, SHORTEN, WIDER } from './longer.js'
import { serve } from './server.js'

const root = join(import.meta.dirname, '../..')
const target = process.env.CARGO_TARGET_DIR ?? join(root, 'target')
const recordings = join(target, 'recordings')
const screens = join(target, 'screens')
const axe = readFileSync(join(root, 'tests/ui/node_modules/axe-core/axe.min.js'), 'utf8')

/** The walks of the group `desktop` that are played, each with its test there: each screen is in one. */
const walks = JSON.parse(readFileSync(join(import.meta.dirname, 'walks.json'), 'utf8'))

const [WIDTH, HEIGHT] = [1180, 800]

/**
 * How long to wait before an act, in milliseconds: sooner after the last press or letter, the window may
 * take a press for the second half of a double click, or for one that was meant before the letter.
 */
const BEFORE = { click: 1100 }

/** How long the window may take to ask what is late, such as while somebody types; in milliseconds. */
const ASKS = 1500
/** How long the window may take to show what it has heard, in milliseconds. */
const SHOWS = 10_000

/** How a screen is looked at: what the person prefers, and how many CSS pixels there are. */
const MODES = {
  light: { prefers: { 'prefers-color-scheme': 'light' } },
  dark: { prefers: { 'prefers-color-scheme': 'dark' } },
  forced: { prefers: { 'forced-colors': 'active' } },
  '200-percent': { size: { width: WIDTH / 2, height: HEIGHT / 2, deviceScaleFactor: 2 } },
  '320-pixels': { size: { width: 320, height: HEIGHT, deviceScaleFactor: 1 } },
  longer: {},
  'longest-names': {},
}

/** What lengthens a screen's texts in a mode. */
const LENGTHENING = { longer: LENGTHEN, 'longest-names': LONGEST_NAMES }

/** Returns what is beside the window, where nothing scrolls it there. */
const OUTSIDE = `
  const scrolls = (element) => element && (element.scrollWidth > element.clientWidth
    && ['auto', 'scroll'].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement))
  return [...document.querySelectorAll('a, button, input, select, textarea, h1, h2, h3, p, li, td, th, dd, dt')]
    .filter((element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
    .filter((element) => {
      const { left, right, width, height } = element.getBoundingClientRect()
      return width > 1 && height > 1 && (left < -1 || right > innerWidth + 1) && !scrolls(element)
    })
    .map((element) => 'outside of the window: ' + element.localName + ' ' + element.textContent.trim().slice(0, 40))`

/** The only codes that a picture may hold: a file's address on this computer, and a user name. */
const NO_SECRETS = /^(?:http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}|csc:[\w%]+@[\w*]+)$/

after(() => {
  const all = readdirSync(screens).filter((name) => name.endsWith('.png') && !name.includes('secret-code'))
  // It fails where a picture has no code, as most have none.
  const { stdout, error } = spawnSync('zbarimg', ['--quiet', '--raw', '-Sdisable', '-Sqrcode.enable', ...all], { cwd: screens, encoding: 'utf8' })
  assert.equal(error, undefined)
  const secrets = stdout.split('\n').filter((line) => line !== '' && !NO_SECRETS.test(line))
  assert.deepEqual(secrets, [], 'no picture holds a secret in a code')
})

for (const walk of Object.keys(walks)) {
  test(`${walk} goes in Chromium as in the app's window`, async () => {
    const recording = join(recordings, `${walk}.json`)
    const { events } = JSON.parse(readFileSync(recording, 'utf8'))
    const server = await serve({ page: join(recordings, 'page'), recording, root })
    const browser = new Browser()
    const wrong = []
    try {
      await browser.start()
      await look(browser, 'light')
      await browser.open(server.address)
      await browser.run(axe)
      for (const event of events) {
        if (event.kind === 'look') {
          await browser.waitFor(`document.body.dataset.ready === ${JSON.stringify(event.ready)}`)
          // A window that asks less often than it was recorded is fine where it shows the same.
          await browser.waitFor('standIn.hasAsked()', ASKS).catch(() => {})
          await browser.waitFor('standIn.isQuiet()')
          const other = await differences(browser, event.seen)
          wrong.push(...other.map((line) => `${walk}-${event.look} ${line}`))
          wrong.push(...(await inspect(browser, `${walk}-${event.look}`)))
          await browser.run('standIn.next()')
        } else if (event.kind === 'act') {
          await act(browser, event)
          await browser.run('standIn.next()')
        }
      }
      const strays = await browser.value('standIn.strays')
      wrong.push(...strays.map((/** @type {string} */ stray) => `asked for ${stray}, and the app was not`))
      wrong.push(...(await browser.complaints()))
    } finally {
      await browser.end()
      server.close()
    }
    assert.deepEqual(wrong, [])
  })
}

/**
 * Returns what the window shows otherwise than the app's did. It may still be about to show the same.
 *
 * @param {Browser} browser
 * @param {string[] | null} seen
 */
async function differences(browser, seen) {
  for (const until = Date.now() + SHOWS; ;) {
    const sees = seen && (await browser.value('standIn.seen()'))
    const other = [...missing(seen, sees).map((each) => `lacks ${each}`),
      ...missing(sees, seen).map((each) => `shows ${each} besides`)]
    if (other.length === 0 || Date.now() > until) {
      return other
    }
    await pause(100)
  }
}

/**
 * Returns what is in the first list and not in the second.
 *
 * @param {string[] | null} first
 * @param {string[]} second
 */
const missing = (first, second) => (first ?? []).filter((each) => !second.includes(each))

/**
 * Does what the person did.
 *
 * @param {Browser} browser
 * @param {{ what: string, on: string, value: string }} event
 */
async function act(browser, { what, on, value }) {
  const element = `document.querySelector(${JSON.stringify(on)})`
  await browser.waitFor(`${element}?.checkVisibility() === true`)
  await pause(BEFORE[/** @type {keyof typeof BEFORE} */ (what)] ?? 0)
  if (what === 'click') {
    await browser.click(on)
  } else if (what === 'type') {
    await browser.type(on, value)
  } else if (what === 'tick') {
    // The box itself may be drawn by its label.
    await browser.run(`${element}.click()`)
  } else if (what === 'select') {
    await browser.run(`${element}.value = arguments[0]; ${element}.dispatchEvent(new Event('change', { bubbles: true }))`, value)
  } else {
    await browser.press(on, value)
  }
}

/**
 * Returns what is wrong with a screen, in each mode.
 *
 * @param {Browser} browser
 * @param {string} name
 */
async function inspect(browser, name) {
  const wrong = []
  mkdirSync(screens, { recursive: true })
  for (const mode of /** @type {(keyof typeof MODES)[]} */ (Object.keys(MODES))) {
    await look(browser, mode)
    const ending = mode === 'light' ? 'chromium' : `chromium-${mode}`
    writeFileSync(join(screens, `${name}-${ending}.png`), await browser.picture())
    const found = await browser.later(`const done = arguments[arguments.length - 1]
      axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => done(violations.map((each) =>
        each.id + ': ' + each.help + ' at ' + each.nodes.map(({ target }) => target).join(' ')
      )), (error) => done([String(error)]))`)
    wrong.push(...found.map((/** @type {string} */ line) => `${name} ${mode}: ${line}`))
    wrong.push(...(await browser.run(OUTSIDE)).map((/** @type {string} */ line) => `${name} ${mode}: ${line}`))
    const wider = await browser.value('document.documentElement.scrollWidth - innerWidth')
    if (wider > 0) {
      wrong.push(`${name} ${mode}: ${wider} pixels are cut off`)
    }
    if (mode === 'longest-names') {
      wrong.push(...(await browser.run(WIDER)).map((/** @type {string} */ line) => `${name} ${mode}: ${line}`))
    }
    if (mode in LENGTHENING) {
      wrong.push(...(await browser.run(CUT)).map((/** @type {string} */ line) => `${name} ${mode}: ${line}`))
      await browser.run(SHORTEN)
    }
  }
  await look(browser, 'light')
  return wrong
}

/**
 * @param {Browser} browser
 * @param {keyof typeof MODES} mode
 */
async function look(browser, mode) {
  const { prefers = {}, size = { width: WIDTH, height: HEIGHT, deviceScaleFactor: 1 } } =
    /** @type {{ prefers?: object, size?: object }} */ (MODES[mode])
  const features = { 'prefers-color-scheme': 'light', 'forced-colors': 'none', ...prefers }
  await browser.tools('Emulation.setEmulatedMedia', {
    features: Object.entries(features).map(([name, value]) => ({ name, value })),
  })
  await browser.tools('Emulation.setDeviceMetricsOverride', { mobile: false, ...size })
  if (mode in LENGTHENING) {
    await browser.run(LENGTHENING[/** @type {keyof typeof LENGTHENING} */ (mode)])
  }
  await browser.later('requestAnimationFrame(() => requestAnimationFrame(arguments[arguments.length - 1]))')
}
