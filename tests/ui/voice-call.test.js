/** The call that Bandwidth makes to the phone: its command, and the question before it. */
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { ringPhone } from '../../ui/ipc/commands.js'
import { mayCost } from '../../ui/call/cost.js'

/** @type {{ command: string, args: any }[]} */
let calls = []

class Channel {
  onmessage = (/** @type {unknown} */ _message) => {}
}

/** What stands for the page's elements that a question needs. */
class Element extends EventTarget {
  returnValue = ''
  dataset = {}
  textContent = ''
  hidden = false
  opened = 0
  /** @param {string} selector */
  querySelector(selector) {
    return selector.includes('confirm-yes') || selector.includes('confirm-no') ? new HTMLButtonElement() : new HTMLElement()
  }

  replaceChildren() {}
  showModal() {
    this.opened += 1
  }

  /** @param {string} value */
  close(value) {
    this.returnValue = value
    this.dispatchEvent(new Event('close'))
  }
}
class HTMLElement extends Element {}
class HTMLButtonElement extends HTMLElement {}
class HTMLDialogElement extends HTMLElement {}

beforeEach(() => {
  calls = []
  const invoke = async (/** @type {string} */ command, /** @type {unknown} */ args) => {
    calls.push({ command, args })
  }
  Reflect.set(globalThis, 'window', { __TAURI__: { core: { invoke, Channel } } })
})

test('the draft goes as it was typed, with a number to stop it by', () => {
  const draft = { from: '+1', applicationId: 'x', answerUrl: 'https://a.example' }
  /** @type {unknown[]} */
  const heard = []
  void ringPhone({ draft }, (progress) => heard.push(progress), new AbortController().signal)

  assert.equal(calls[0]?.command, 'ring_phone')
  assert.deepEqual(calls[0]?.args.req.draft, draft)
  assert.equal(typeof calls[0]?.args.req.operation, 'number')
  calls[0]?.args.progress.onmessage({ state: 'initiated' })
  assert.deepEqual(heard, [{ state: 'initiated' }])
})

test('costs are asked until agreed to, once for each way', async () => {
  const dialog = new HTMLDialogElement()
  Object.assign(globalThis, {
    HTMLElement, HTMLButtonElement, HTMLDialogElement, document: { querySelector: () => dialog }
  })
  const question = { title: 'Cost', text: 'It may cost.', yes: 'Ring' }

  const refused = mayCost('voice', question)
  dialog.close('no')
  assert.equal(await refused, false)

  const agreed = mayCost('voice', question)
  dialog.close('yes')
  assert.equal(await agreed, true)

  assert.equal(await mayCost('voice', question), true)
  assert.equal(dialog.opened, 2)
})
