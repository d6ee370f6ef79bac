/**
 * The strip above the foot: the current work, and a button to cancel it.
 *
 * @import { Work } from './screen.js'
 */
import { button, part } from '../parts/dom.js'
import { texts } from '../texts/index.js'

/** How long a sentence is shown, in milliseconds. */
const STAYS = 10_000

/** @type {ReturnType<typeof setTimeout> | undefined} */
let forgets

/**
 * Announces a sentence in the polite live region, which is in the page from the start. While long work
 * runs, the sentence replaces its stage.
 *
 * @param {string} sentence
 * @param {AbortSignal} [until] aborted when what the sentence speaks of is over
 */
export function announce(sentence, until) {
  clearTimeout(forgets)
  until?.addEventListener('abort', () => {
    if (part(document, '#stage').textContent === sentence) {
      announce('')
    }
  }, { once: true })
  const strip = part(document, '#stage-strip')
  part(strip, '#stage').textContent = sentence
  if (strip.dataset.state !== 'busy') {
    strip.dataset.state = sentence ? 'said' : 'idle'
    if (sentence) {
      keepFocusInView()
    }
    forgets = setTimeout(() => announce(''), STAYS)
  }
}

/** Whether work runs. */
export const isBusy = () => part(document, '#work').hasAttribute('aria-busy')

/** Moves the focus to the heading of the screen. */
export function focusHeading() {
  part(document, '#screen h1').focus({ preventScroll: true })
}

/** The strip shrinks the screen where it would otherwise cover the focused element. */
function keepFocusInView() {
  const focused = document.activeElement
  if (focused && part(document, '#screen').contains(focused)) {
    focused.scrollIntoView({ block: 'nearest' })
  }
}

/**
 * @param {Work} work
 * @param {AbortController} abort
 * @returns {{ stage: (line: string) => void, end: () => void }}
 */
export function startWork(work, abort) {
  const strip = part(document, '#stage-strip')
  const cancelButton = button(strip, 'cancel')
  const says = part(strip, '#stage-cancel-says')
  const done = new AbortController()

  // Set busy first, so that the sentence stays as long as the work runs.
  strip.dataset.state = 'busy'
  announce(work.stage)
  says.textContent = work.cancelSays ?? ''
  cancelButton.hidden = !work.cancelSays
  part(document, '#work').setAttribute('aria-busy', 'true')
  cancelButton.addEventListener('click', () => abort.abort(), { signal: done.signal })
  abort.signal.addEventListener('abort', () => {
    if (work.cancelSays) {
      part(strip, '#stage').textContent = texts.app.workCancels
    }
  }, { signal: done.signal })
  keepFocusInView()

  return {
    stage: (line) => {
      if (!done.signal.aborted && !abort.signal.aborted) {
        part(strip, '#stage').textContent = line
      }
    },
    end: () => {
      if (done.signal.aborted) {
        return
      }
      done.abort()
      if (cancelButton === document.activeElement) {
        focusHeading()
      }
      cancelButton.hidden = true
      says.textContent = ''
      strip.dataset.state = 'idle'
      announce('')
      part(document, '#work').removeAttribute('aria-busy')
    }
  }
}
