/** Opens the trainer's panel while practice is open: from the rail, and by a key. */
import * as ipc from '../ipc/commands.js'
import { button } from '../parts/dom.js'

/**
 * @param {boolean} practice
 * @param {(error: unknown) => void} showFailure
 * @param {AbortSignal} signal
 */
export function offerTrainer(practice, showFailure, signal) {
  const control = button(document, 'open-trainer')
  control.hidden = !practice
  if (!practice) {
    return
  }
  const open = () => ipc.openTrainer().catch(showFailure)
  control.addEventListener('click', () => void open(), { signal })
  document.addEventListener('keydown', (event) => {
    if (isKey(event)) {
      event.preventDefault()
      void open()
    }
  }, { signal })
}

/** @param {Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'repeat'>} event */
export const isKey = ({ key, ctrlKey, metaKey, altKey, shiftKey, repeat }) =>
  key.toLowerCase() === 't' && ctrlKey !== metaKey && !altKey && !shiftKey && !repeat
