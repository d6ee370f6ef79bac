/**
 * The strip above the foot: what is being done, and a way to cancel it.
 *
 * @import { Work } from '../screen.js'
 */
import { button, part } from '../dom.js'
import { texts } from '../locales/index.js'

/**
 * Tells something in the polite live region, which stands in the page from the start.
 *
 * @param {string} sentence
 */
export function announce(sentence) {
  const stage = part(document, '#stage')
  stage.textContent = sentence
  part(document, '#stage-strip').dataset.state = sentence ? 'said' : 'idle'
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
      announce('')
      part(document, '#work').removeAttribute('aria-busy')
    }
  }
}
