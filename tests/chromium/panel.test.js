/** The trainer's panel in Chromium: its page as it is built, with a stand-in for the app. */
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { Browser } from './browser.js'
import { servePage } from './server.js'

const root = join(import.meta.dirname, '../..')
const target = process.env.CARGO_TARGET_DIR ?? join(root, 'target')
const screens = join(target, 'screens')
const axe = readFileSync(join(root, 'tests/ui/node_modules/axe-core/axe.min.js'), 'utf8')

/** Every fault, as the types name them. */
const types = readFileSync(join(root, 'ui/ipc/types.d.ts'), 'utf8')
const FAULTS = [...(/export type Fault = ([^;]+);/.exec(types)?.[1] ?? '').matchAll(/"([^"]+)"/g)].map(([, name]) => name)

/** The faults that are shown. */
const SHOWN = `[...document.querySelectorAll('.fault')].filter((each) => each.checkVisibility())
  .map((each) => each.dataset.fault)`

/** Answers as the app does: a state at once, the next after each change. */
const STAND_IN = `
  const on = new Map()
  let revision = 1
  let changed = () => {}
  const state = () => ({ revision, switches: ${JSON.stringify(FAULTS)}.map((fault) => ({
    fault, group: 'network', canBeOnce: true, on: on.get(fault) ?? null, password: fault.startsWith('hash') ? 'a-password' : null })) })
  const change = (act) => { act(); revision += 1; changed(); return Promise.resolve(null) }
  window.__TAURI__ = { core: { invoke: (command, { req } = {}) => {
    if (command === 'switch_fault') return change(() => req.lasts === null ? on.delete(req.fault) : on.set(req.fault, req.lasts))
    if (command === 'reset_faults') return change(() => on.clear())
    return req.shown === revision ? new Promise((resolve) => { changed = () => resolve(state()) }) : Promise.resolve(state())
  } } }`

const SIZE = { width: 900, height: 760, deviceScaleFactor: 1 }

/** @type {Record<string, { prefers?: Record<string, string>, size?: typeof SIZE }>} */
const MODES = {
  light: {},
  dark: { prefers: { 'prefers-color-scheme': 'dark' } },
  forced: { prefers: { 'forced-colors': 'active' } },
  '200-percent': { size: { width: 450, height: 380, deviceScaleFactor: 2 } },
  '320-pixels': { size: { width: 320, height: 700, deviceScaleFactor: 1 } }
}

test('the panel works and fits in every mode', async () => {
  const page = join(target, 'recordings/page')
  const server = await servePage({ page, path: 'trainer/trainer.html', standIn: STAND_IN, root })
  const browser = new Browser()
  try {
    await browser.start()
    await look(browser, 'light')
    await browser.open(server.address)
    await browser.waitFor(`document.querySelectorAll('.fault').length === ${FAULTS.length + 12}`)

    const redrawn = await browser.later(`
      const done = arguments[arguments.length - 1]
      document.querySelector('#network-nat').click()
      requestAnimationFrame(() => requestAnimationFrame(() =>
        done(document.querySelectorAll('[data-fault=nat][data-on]').length)))`)
    assert.equal(redrawn, 1, 'within two frames')
    await browser.type('#find', 'translates addresses')
    const found = await browser.value(SHOWN)
    assert.deepEqual(found, ['nat'])
    await browser.type('#find', 'xyz')
    assert.deepEqual(await browser.value(SHOWN), [])
    await browser.type('#find', '')
    await browser.run("for (const each of document.querySelectorAll('[data-group=most_used] [role=switch]')) each.click()")
    await browser.waitFor("document.querySelectorAll('.fault[data-on]').length > 20")

    const wrong = []
    mkdirSync(screens, { recursive: true })
    await browser.run(axe)
    for (const mode of Object.keys(MODES)) {
      await look(browser, mode)
      writeFileSync(join(screens, `trainer-panel-chromium-${mode}.png`), await browser.picture())
      const violations = await browser.later(`const done = arguments[arguments.length - 1]
        axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => done(violations.map((each) =>
          each.id + ': ' + each.help + ' at ' + each.nodes.map(({ target }) => target).join(' ')
        )), (error) => done([String(error)]))`)
      wrong.push(...violations.map((/** @type {string} */ line) => `${mode}: ${line}`))
      const wider = await browser.value('document.documentElement.scrollWidth - innerWidth')
      if (wider > 0) {
        wrong.push(`${mode}: ${wider} pixels are cut off`)
      }
    }
    await look(browser, 'light')
    await browser.click('[data-action=reset]')
    await browser.waitFor("document.querySelectorAll('.fault[data-on]').length === 0")
    wrong.push(...(await browser.complaints()))
    assert.deepEqual(wrong, [])
  } finally {
    await browser.end()
    server.close()
  }
})

/**
 * @param {Browser} browser
 * @param {string} mode
 */
async function look(browser, mode) {
  const { prefers = {}, size = SIZE } = MODES[mode] ?? {}
  const features = { 'prefers-color-scheme': 'light', 'forced-colors': 'none', ...prefers }
  await browser.tools('Emulation.setEmulatedMedia', {
    features: Object.entries(features).map(([name, value]) => ({ name, value }))
  })
  await browser.tools('Emulation.setDeviceMetricsOverride', { mobile: false, ...size })
}
