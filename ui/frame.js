/**
 * The frame around every screen: it mounts one, runs its long work and shows its failures.
 *
 * @import * as Wire from './ipc/types.js'
 * @import { Context, Step, Work, WaysOn } from './screen.js'
 */
import * as ipc from './ipc/commands.js'
import { button, clone, find, part } from './dom.js'
import { texts } from './locales/index.js'
import { home } from './steps/home.js'
import { prepare } from './steps/prepare.js'
import { signIn } from './steps/sign-in.js'
import { realm } from './steps/realm.js'
import { credential } from './steps/credential.js'
import { register } from './steps/register.js'
import { call } from './steps/call.js'
import { finish } from './steps/finish.js'
import { failureBox, linkProblems } from './widgets/failure.js'
import { notice } from './widgets/banner.js'
import { clearProblems } from './widgets/problems.js'
import { drawRail } from './widgets/rail.js'
import { refreshScenes, setPreview, showScenes } from './widgets/scenes.js'
import { announce, startWork } from './widgets/stage.js'

const steps = { home, prepare, sign_in: signIn, realm, credential, register, call, finish }

let shown = new AbortController()
let flush = async () => {}
/** @type {AbortController | null} */
let running = null

/**
 * Draws a screen, and moves the focus to its heading.
 *
 * @param {Wire.Screen} screen
 */
export function open(screen) {
  delete document.body.dataset.ready
  shown.abort()
  shown = new AbortController()
  flush = async () => {}
  clearFailure()
  announce('')
  document.body.dataset.screen = screen.screen

  const head = 'head' in screen ? screen.head : null
  drawRail(head)
  part(document, '#practice').hidden = !head?.practice
  showScenes(head !== null)
  setPreview(null)
  const notices = 'notices' in screen ? screen.notices : screen.head.notices
  part(document, '#notices').replaceChildren(...notices.map(notice))

  const root = document.createElement('div')
  root.append(clone(screen.screen))
  const step = /** @type {Step<any>} */ (steps[screen.screen])
  const foot = root.querySelector('[data-part="foot"]')
  part(document, '#foot').hidden = foot === null
  // The form's button stands in the foot, so both are in the document before the screen is mounted.
  part(document, '#screen').replaceChildren(part(root, '[data-part="body"]'))
  part(document, '#foot').replaceChildren(...(foot?.childNodes ?? []))
  step.mount(document.body, screen, context(shown.signal))
  listenForBack(shown.signal)

  part(document, '#main').scrollTop = 0
  part(document, '#work').scrollTop = 0
  document.title = `${part(document, 'h1').textContent} · ${texts.app.name}`
  part(document, '#screen h1').focus({ preventScroll: true })
  document.body.dataset.ready = screen.screen
  void refreshScenes()
}

/**
 * @param {AbortSignal} signal
 * @returns {Context}
 */
function context(signal) {
  return {
    signal,
    show: (screen) => {
      if (!signal.aborted) {
        open(screen)
      }
    },
    run: (work, start, waysOn) => run(signal, work, start, waysOn),
    showFailure: (error, waysOn) => {
      if (!signal.aborted) {
        showFailure(error, waysOn)
      }
    },
    clearFailure,
    say: announce,
    preview: setPreview,
    beforeLeaving: (wait) => {
      const before = flush
      flush = async () => {
        await before()
        await wait()
      }
    }
  }
}

/**
 * @template T
 * @param {AbortSignal} left
 * @param {Work} work
 * @param {(signal: AbortSignal, stage: (line: string) => void) => Promise<T>} start
 * @param {WaysOn} [waysOn]
 * @returns {Promise<T | undefined>}
 */
async function run(left, work, start, waysOn) {
  if (running || left.aborted) {
    return undefined
  }
  const abort = new AbortController()
  running = abort
  left.addEventListener('abort', () => abort.abort(), { once: true, signal: abort.signal })
  clearFailure()
  const strip = startWork(work, () => abort.abort())
  try {
    await flush()
    return await start(abort.signal, strip.stage)
  } catch (error) {
    if (!left.aborted) {
      strip.end()
      showFailure(error, { try_again: { act: () => void run(left, work, start, waysOn) }, ...waysOn })
    }
    return undefined
  } finally {
    running = null
    strip.end()
    void refreshScenes()
  }
}

/**
 * Shows a failure above the screen and moves the focus to it.
 *
 * @param {unknown} error
 * @param {WaysOn} [waysOn]
 */
export function showFailure(error, waysOn = {}) {
  clearFailure()
  const box = failureBox(error, { sign_in_again: { act: () => void signInAgain() }, ...waysOn })
  part(document, '#failure').replaceChildren(box)
  linkProblems(box, error, part(document, '#screen'))
  box.focus({ preventScroll: true })
  box.scrollIntoView({ block: 'nearest' })
}

function clearFailure() {
  part(document, '#failure').replaceChildren()
  clearProblems(document.body)
}

/** Opens the sign-in, which leads back to the step that is open. */
async function signInAgain() {
  try {
    open(await ipc.signInAgain())
  } catch (error) {
    showFailure(error)
  }
}

/** @param {AbortSignal} signal */
function listenForBack(signal) {
  const move = async (/** @type {() => Promise<Wire.Screen>} */ command) => {
    running?.abort()
    try {
      await flush()
      const next = await command()
      if (!signal.aborted) {
        open(next)
      }
    } catch (error) {
      if (!signal.aborted) {
        showFailure(error)
      }
    }
  }
  const back = document.querySelector('#foot [data-action="back"]')
  back?.addEventListener('click', () => void move(ipc.goBack), { signal })
  button(find(document, '#rail', HTMLElement), 'home')
    .addEventListener('click', () => void move(ipc.leave), { signal })
}
