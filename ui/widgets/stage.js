/**
 * The strip above the foot: what is being done, and a way to cancel it.
 *
 * @import { Work } from '../screen.js'
 */
import { button, part } from '../dom.js'
import { texts } from '../locales/index.js'

/** Milliseconds that a sentence stays. */
const STAYS = 10_000

/** @type {ReturnType<typeof setTimeout> | undefined} */
let forgets

/**
 * Tells something in the polite live region, which stands in the page from the start. While long
 * work runs the sentence stands in the place of its stage.
 *
 * @param {string} sentence
 */
export function announce(sentence) {
  clearTimeout(forgets)
  const strip = part(document, '#stage-strip')
  part(strip, '#stage').textContent = sentence
  if (strip.dataset.state !== 'busy') {
    strip.dataset.state = sentence ? 'said' : 'idle'
    forgets = setTimeout(() => announce(''), STAYS)
  }
}

/**
 * @param {Work} work
 * @param {() => void} cancel
 * @returns {{ stage: (line: string) => void, end: () => void }}
 */
export function startWork(work, cancel) {
  const strip = part(document, '#stage-strip')
  const cancelButton = button(strip, 'cancel')
  const says = part(strip, '#stage-cancel-says')
  const done = new AbortController()

  announce(work.stage)
  strip.dataset.state = 'busy'
  says.textContent = work.cancelSays ?? ''
  cancelButton.hidden = !work.cancelSays
  part(document, '#work').setAttribute('aria-busy', 'true')
  cancelButton.addEventListener('click', () => {
    part(strip, '#stage').textContent = texts.app.workCancels
    cancel()
  }, { signal: done.signal })

  return {
    stage: (line) => {
      if (!done.signal.aborted) {
        part(strip, '#stage').textContent = line
      }
    },
    end: () => {
      if (done.signal.aborted) {
        return
      }
      done.abort()
      if (cancelButton === document.activeElement) {
        part(document, '#screen h1').focus({ preventScroll: true })
      }
      cancelButton.hidden = true
      says.textContent = ''
      strip.dataset.state = 'idle'
      announce('')
      part(document, '#work').removeAttribute('aria-busy')
    }
  }
}
