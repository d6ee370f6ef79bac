/** Chromium through ChromeDriver, by the few calls of WebDriver that are needed. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'
/** How long something may take to come, in milliseconds. */
const PATIENCE = 20_000

/** Keys by their names in the DOM and in WebDriver. */
const KEYS = {
  ArrowDown: '\ue015',
  ArrowUp: '\ue013',
  Control: '\ue009',
  End: '\ue010',
  Enter: '\ue007',
  Escape: '\ue00c',
  Home: '\ue011',
}

const ARGUMENTS = [
  '--headless=new',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--hide-scrollbars',
  '--force-color-profile=srgb',
  // Its sandbox wants rights that neither root nor a container has; only our own page is opened.
  '--no-sandbox',
]

export class Browser {
  #driver
  #home
  #session = ''

  constructor() {
    this.#home = mkdtempSync(join(tmpdir(), 'chromium-'))
    this.#driver = spawn('chromedriver', ['--port=0'], { stdio: ['ignore', 'pipe', 'inherit'] })
  }

  async start() {
    const port = await this.#port()
    this.#session = `http://127.0.0.1:${port}/session`
    const options = { args: [...ARGUMENTS, `--user-data-dir=${this.#home}`] }
    const capabilities = { alwaysMatch: { 'goog:chromeOptions': options, 'goog:loggingPrefs': { browser: 'ALL' } } }
    const { sessionId } = await this.#call('POST', '', { capabilities })
    this.#session += `/${sessionId}`
  }

  /** The driver chooses a port that is free, and says which. */
  #port() {
    return new Promise((resolve, reject) => {
      let said = ''
      this.#driver.stdout.on('data', (data) => {
        said += data
        const port = /successfully on port (\d+)/.exec(said)?.[1]
        if (port) {
          resolve(port)
        }
      })
      this.#driver.on('error', reject)
      this.#driver.on('exit', () => reject(new Error(`chromedriver ended: ${said}`)))
    })
  }

  async end() {
    await this.#call('DELETE', '').catch(() => {})
    const ended = new Promise((resolve) => this.#driver.once('exit', resolve))
    this.#driver.kill()
    await ended
    rmSync(this.#home, { recursive: true, force: true, maxRetries: 10 })
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {unknown} [body]
   */
  async #call(method, path, body) {
    const answer = await fetch(`${this.#session}${path}`, { method, body: body && JSON.stringify(body) })
    const { value } = await answer.json()
    if (value?.error) {
      throw new Error(`${value.error}: ${value.message}`)
    }
    return value
  }

  /** @param {string} url */
  open(url) {
    return this.#call('POST', '/url', { url })
  }

  /**
   * @param {string} script
   * @param {unknown[]} args
   */
  run(script, ...args) {
    return this.#call('POST', '/execute/sync', { script, args })
  }

  /** @param {string} expression */
  value(expression) {
    return this.run(`return (${expression})`)
  }

  /**
   * @param {string} script
   */
  later(script) {
    return this.#call('POST', '/execute/async', { script, args: [] })
  }

  /**
   * Waits until an expression is true.
   *
   * @param {string} expression
   * @param {number} [patience] in milliseconds
   */
  async waitFor(expression, patience = PATIENCE) {
    const deadline = Date.now() + patience
    while ((await this.value(expression)) !== true) {
      if (Date.now() > deadline) {
        const says = await this.value('[document.body.dataset.ready, document.body.innerText]')
        throw new Error(`waited in vain for ${expression}; the screen is ${says[0]} and says: ${says[1]}`)
      }
      await pause(20)
    }
  }

  /** @param {string} selector */
  async #element(selector) {
    const found = await this.#call('POST', '/element', { using: 'css selector', value: selector })
    return found[ELEMENT]
  }

  /** @param {string} selector */
  async click(selector) {
    // Into the middle: what sticks to an edge of the window lies over what is scrolled there.
    await this.run("document.querySelector(arguments[0]).scrollIntoView({ block: 'center' })", selector)
    await this.#call('POST', `/element/${await this.#element(selector)}/click`, {})
  }

  /**
   * Types a text in place of what is there.
   *
   * @param {string} selector
   * @param {string} text
   */
  async type(selector, text) {
    const element = await this.#element(selector)
    // As a person does it: everything is selected, and the first letter replaces it.
    await this.run('arguments[0].focus(); arguments[0].select()', { [ELEMENT]: element })
    await this.#call('POST', `/element/${element}/value`, { text: text === '' ? '\ue017' : text })
  }

  /**
   * Presses a key in an element, or one with Control, such as `Control+a`.
   *
   * @param {string} selector
   * @param {string} key
   */
  async press(selector, key) {
    const codes = key.split(/(?<=\w)\+/).map((name) => KEYS[/** @type {keyof typeof KEYS} */ (name)] ?? name)
    await this.run('document.querySelector(arguments[0]).focus()', selector)
    const pressed = [
      ...codes.map((value) => ({ type: 'keyDown', value })),
      ...codes.reverse().map((value) => ({ type: 'keyUp', value })),
    ]
    await this.#call('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions: pressed }] })
  }

  /** The window as a PNG. */
  async picture() {
    return Buffer.from(await this.#call('GET', '/screenshot'), 'base64')
  }

  /**
   * @param {string} cmd
   * @param {object} params
   */
  tools(cmd, params) {
    return this.#call('POST', '/goog/cdp/execute', { cmd, params })
  }

  /** What the page complained of since the last time. */
  async complaints() {
    const lines = await this.#call('POST', '/se/log', { type: 'browser' })
    return lines
      .filter((/** @type {{ level: string }} */ { level }) => ['SEVERE', 'WARNING'].includes(level))
      .map((/** @type {{ message: string }} */ { message }) => message)
  }
}
