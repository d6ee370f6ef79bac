/**
 * Sends a form to the core as it is typed, and shows the core's preview.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context } from '../frame/screen.js'
 */
import * as ipc from '../ipc/commands.js'
import { isFailure } from '../frame/screen.js'
import { showProblems } from './field.js'

/** Delay after the last key press, in milliseconds. */
const PAUSE = 150

/**
 * @param {HTMLElement} form
 * @param {() => Wire.Draft} read
 * @param {Context} context
 * @param {(preview: Wire.Preview) => void} [onPreview]
 * @returns {{ keep: () => Promise<void> }} `keep` does it at once
 */
export function keepDrafts(form, read, context, onPreview) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  let latest = 0
  /** @type {Promise<unknown>} */
  let kept = Promise.resolve()

  const send = async () => {
    const mine = ++latest
    try {
      const preview = await ipc.saveDraft(read())
      if (mine === latest && !context.signal.aborted) {
        showProblems(form, preview.problems)
        context.preview(preview.request)
        onPreview?.(preview)
      }
    } catch (error) {
      if (!context.signal.aborted) {
        context.say(isFailure(error) ? error.sentence : String(error))
      }
    }
  }

  const keep = () => {
    clearTimeout(timer)
    timer = undefined
    const sent = send()
    kept = Promise.all([kept, sent])
    return sent
  }

  const later = () => {
    clearTimeout(timer)
    timer = setTimeout(() => void keep(), PAUSE)
  }

  form.addEventListener('input', later, { signal: context.signal })
  context.signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
  context.beforeLeaving(async () => {
    if (timer !== undefined) {
      void keep()
    }
    await kept
  })
  void keep()
  return { keep }
}
