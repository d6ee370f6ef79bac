/**
 * The frame around every screen: mounts the screen, runs its long work and shows its failures.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context, Work, RecoveryOptions } from './screen.js'
 */
import * as ipc from '../ipc/commands.js'
import { find, part } from '../parts/dom.js'
import { clearProblems } from '../parts/field.js'
import { clone } from '../parts/template.js'
import { texts } from '../texts/index.js'
import { drewView } from './presses.js'
import { loadOthers, loaded } from './screens.js'
import { free, isMoving, move, stopWork, work } from './work.js'
import { failureBox, linkProblems } from '../parts/failure.js'
import { notice } from '../parts/banner.js'
import { mayBeLeft } from './password-loss.js'
import { drawJourney, drawList, drawItems, showAccount, showSidebar } from './navigation.js'
import { refreshRequestPanel, setPreview, showRequestPanel } from './request-panel.js'
import { offerTrainer } from './trainer.js'
import { announce, focusHeading, isBusy, startWork } from './status-bar.js'

/** Screens of one task each, where the request panel starts closed. */
const CALM = ['test', 'phone', 'wait']

let shown = new AbortController()
let flush = async () => {}

/**
 * Draws a screen, and moves the focus to its heading.
 *
 * @param {Wire.Screen} screen
 */
export function open(screen) {
  delete document.body.dataset.ready
  const module = loaded(screen.screen)
  if (!module) {
    void loadOthers().then(() => open(screen), showFailure)
    return
  }
  shown.abort()
  shown = new AbortController()
  flush = async () => {}
  clearFailure()
  announce('')
  document.body.dataset.screen = screen.screen

  const head = 'head' in screen ? screen.head : null
  if (screen.screen === 'check') {
    drawList('check', texts.checkRail.title, texts.checkRail.steps)
  } else if (head) {
    drawJourney(head)
  } else if (screen.screen === 'home') {
    drawList('home', texts.home.whatHappens, Object.values(texts.stepNames))
  } else {
    drawList('accounts', '', [])
  }
  drawItems(head ? null : screen.screen, (go) => void moveOn(null, go), shown.signal)
  const desk = 'desk' in screen ? screen.desk.practice : screen.screen === 'import' && screen.import.practice
  part(document, '#practice').hidden = !(screen.screen === 'check' ? screen.practice : head?.practice ?? desk)
  offerTrainer(!part(document, '#practice').hidden, showFailure, shown.signal)
  showRequestPanel(head !== null || screen.screen === 'check', CALM.includes(screen.screen))
  setPreview(null)
  part(document, '#request-panel-saved').textContent = ''
  const notices = 'notices' in screen ? screen.notices : screen.head.notices
  part(document, '#notices').replaceChildren(...notices.map(notice))

  const copy = clone(screen.screen)
  const body = part(copy, '[data-part="body"]')
  const own = copy.querySelector('[data-part="foot"]')
  const foot = part(document, '#foot')
  // The form's button is in the foot, so both must be in the document before the screen is mounted.
  part(document, '#screen').replaceChildren(body)
  foot.replaceChildren(...(own?.childNodes ?? []))
  foot.hidden = own === null
  module.mount({ body, foot }, screen, context(shown.signal))
  listenForBack(shown.signal)

  part(document, '#main').scrollTop = 0
  part(document, '#work').scrollTop = 0
  document.title = `${part(document, 'h1').textContent} · ${texts.app.name}`
  focusHeading()
  const ready = () => {
    document.body.dataset.ready = screen.screen
  }
  // Anything pressed before this was meant for the previous screen.
  const wait = drewView()
  if (wait > 0) {
    const { signal } = shown
    setTimeout(() => signal.aborted || ready(), wait)
  } else {
    ready()
  }
  void refreshRequestPanel()
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
    run: (told, start, recoveryOptions) => run(signal, told, start, recoveryOptions),
    stop: () => {
      if (!signal.aborted) {
        stopWork()
      }
    },
    whenFree: free,
    move: (command) => moveOn(signal, command),
    showFailure: (error, recoveryOptions) => {
      if (!signal.aborted) {
        showFailure(error, recoveryOptions)
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
    },
    isBusy,
    onKey: (listener) => document.addEventListener('keydown', listener, { signal }),
    focusHeading,
    showAccount,
    showSidebar: (content, label) => showSidebar(content, label, signal)
  }
}

/**
 * @template T
 * @param {AbortSignal} left
 * @param {Work} told
 * @param {(signal: AbortSignal, stage: (line: string) => void) => Promise<T>} start
 * @param {RecoveryOptions} [recoveryOptions]
 * @returns {Promise<T | undefined>}
 */
async function run(left, told, start, recoveryOptions) {
  if (left.aborted) {
    return undefined
  }
  const since = Date.now()
  return await work(async (abort) => {
    left.addEventListener('abort', () => abort.abort(), { once: true, signal: abort.signal })
    clearFailure()
    const strip = startWork(told, abort)
    try {
      await flush()
      return abort.signal.aborted ? undefined : await start(abort.signal, strip.stage)
    } catch (error) {
      if (!left.aborted && !isMoving()) {
        strip.end()
        showFailure(error, { try_again: { act: () => void run(left, told, start, recoveryOptions) }, ...recoveryOptions }, since)
      }
      return undefined
    } finally {
      strip.end()
      void refreshRequestPanel()
    }
  }) ?? undefined
}

/**
 * Stops running work, then runs a command and opens its screen.
 *
 * @param {AbortSignal | null} left where it is aborted by then, the work has moved on itself, and
 *   nothing more is done
 * @param {() => Promise<Wire.Screen>} command
 */
async function moveOn(left, command) {
  // A new password at the desk is lost when the page is left.
  if (atDesk() && !await mayBeLeft()) {
    return
  }
  await goTo(left, command)
}

/**
 * @param {AbortSignal | null} left
 * @param {() => Promise<Wire.Screen>} command
 */
const goTo = (left, command) => move(async () => {
  if (left?.aborted) {
    return
  }
  try {
    await flush()
    open(await command())
  } catch (error) {
    showFailure(error)
  }
})

/**
 * Opens another screen from outside any screen.
 *
 * @param {() => Promise<Wire.Screen>} command
 */
export const moveTo = (command) => moveOn(null, command)

/**
 * Shows a failure above the screen and moves the focus to it.
 *
 * @param {unknown} error
 * @param {RecoveryOptions} [recoveryOptions]
 * @param {number | null} [since] when the work began that failed
 */
export function showFailure(error, recoveryOptions = {}, since = null) {
  clearFailure()
  const save = since === null ? null : async (/** @type {Wire.Failure} */ { sentence, causes, next }) => {
    const evidence = await import('../activity/evidence.js')
    void evidence.save(context(shown.signal), { of: 'failed', since, sentence, causes, next })
  }
  const box = failureBox(error, {
    ...signInAgain(),
    ...recoveryOptions
  }, save)
  part(document, '#failure').replaceChildren(box)
  linkProblems(box, error, part(document, '#work'))
  box.focus({ preventScroll: true })
  box.scrollIntoView({ block: 'nearest' })
}

/**
 * Returns the recovery option that signs in: on the journey's step, which leads back to the open one,
 * or on the desk. Other screens have none.
 *
 * @returns {RecoveryOptions}
 */
function signInAgain() {
  const command = atDesk() ? ipc.signOutAtDesk : part(document, '#rail').dataset.at === 'journey' ? ipc.signInAgain : null
  return command ? { sign_in_again: { act: () => void moveOn(shown.signal, command) } } : {}
}

const atDesk = () => !part(document, '#sidebar').hidden || document.body.dataset.screen === 'import'

function clearFailure() {
  part(document, '#failure').replaceChildren()
  clearProblems(document.body)
}

/** @param {AbortSignal} signal */
function listenForBack(signal) {
  const back = document.querySelector('#foot [data-action="back"]')
  back?.addEventListener('click', () => void moveOn(signal, ipc.goBack), { signal })
  find(document, '.rail-home', HTMLButtonElement)
    .addEventListener('click', () => void moveOn(null, ipc.leave), { signal })
}
