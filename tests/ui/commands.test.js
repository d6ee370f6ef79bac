/** Calls and cancelling, with a fake `invoke`. */
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import * as commands from '../../ui/ipc/commands.js'

/** @type {{ command: string, args: any, resolve: (value: unknown) => void, reject: (error: unknown) => void }[]} */
let calls = []

class Channel {
  onmessage = (/** @type {unknown} */ _message) => {}
}

beforeEach(() => {
  calls = []
  const invoke = (/** @type {string} */ command, /** @type {unknown} */ args) =>
    new Promise((resolve, reject) => {
      calls.push({ command, args, resolve, reject })
    })
  Reflect.set(globalThis, 'window', { __TAURI__: { core: { invoke, Channel } } })
})

const last = () => {
  const call = calls.at(-1)
  assert.ok(call, 'a command was called')
  return call
}

test('a command with a request sends it under the name req', () => {
  void commands.startJourney({ practice: true })

  assert.equal(last().command, 'start_journey')
  assert.deepEqual(last().args, { req: { practice: true } })
})

test('an aborted signal cancels only the operation it started', async () => {
  const abort = new AbortController()
  const done = commands.refreshRealms(abort.signal)
  const { operation } = last().args.req

  abort.abort()

  assert.equal(last().command, 'cancel_operation')
  assert.deepEqual(last().args, { req: { operation } })
  calls[0]?.reject({ kind: 'cancelled' })
  await assert.rejects(done, { kind: 'cancelled' })
})

test('two operations never share a number', () => {
  const { signal } = new AbortController()
  void commands.refreshRealms(signal)
  void commands.refreshRealms(signal)

  assert.notEqual(calls[0]?.args.req.operation, calls[1]?.args.req.operation)
})

test('an abort after the end cancels nothing', async () => {
  const abort = new AbortController()
  const done = commands.refreshRealms(abort.signal)
  last().resolve({ screen: 'realm' })
  await done

  abort.abort()

  assert.equal(calls.length, 1, 'only the command itself was called')
})

test('a signal that was aborted before calls nothing at all', async () => {
  await assert.rejects(commands.refreshRealms(AbortSignal.abort()))

  assert.equal(calls.length, 0)
})

test('progress reaches its listener by the call’s channel', () => {
  /** @type {unknown[]} */
  const heard = []
  void commands.watchBindings((report) => heard.push(report), new AbortController().signal)

  last().args.progress.onmessage({ seconds: 5 })

  assert.deepEqual(heard, [{ seconds: 5 }])
})

test('progress after the answer is not heard', async () => {
  /** @type {unknown[]} */
  const heard = []
  const done = commands.loadDesk((state) => heard.push(state), new AbortController().signal)
  const { args, resolve } = last()
  args.progress.onmessage({ loaded: 1 })
  resolve({ loaded: 2 })
  await done

  args.progress.onmessage({ loaded: 2 })

  assert.deepEqual(heard, [{ loaded: 1 }])
})

test('the operation’s number stands beside the request', () => {
  void commands.chooseRealm({ id: 22 }, new AbortController().signal)

  assert.equal(typeof last().args.req.operation, 'number')
  assert.equal(last().args.req.id, 22)
})
