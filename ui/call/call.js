/**
 * Step 6: the test call, in one of several ways.
 *
 * @import { Context, ScreenOf, View } from '../frame/screen.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, choose, chosen, find, part } from '../parts/dom.js'
import { defineScreen } from '../frame/screen.js'
import { localCall } from './local-call.js'
import { voiceCall } from './voice-call.js'
import { twilioCall } from './twilio-call.js'
import { knownPassword } from '../parts/known-password.js'

/**
 * Mounts one kind of call in its place, the body of its view, and reports when a call has ended.
 *
 * @typedef {(view: View, screen: ScreenOf<'call'>, context: Context, onReport: () => void) => void} Way
 */

/**
 * The kinds of call by the names of their places; a missing one isn't offered.
 *
 * @type {Record<'local' | 'voice' | 'twilio', Way | null>}
 */
const ways = { local: localCall, voice: voiceCall, twilio: twilioCall }

/** The last selected kind of call, kept because checking Twilio's keys redraws the screen. */
let way = 'local'

export const call = defineScreen({
  id: 'call',

  mount({ body, foot }, screen, context) {
    const { signal } = context
    const choice = find(body, '[data-part="ways"]', HTMLFieldSetElement)
    /** @type {Partial<Record<string, string | null>>} */
    const previews = {}
    /**
     * The selection can't change during a call. The request preview is that of the selected kind.
     *
     * @param {string} name
     */
    const contextOf = (name) => /** @type {Context} */ ({
      ...context,
      preview: (request) => {
        previews[name] = request
        if (name === way) {
          context.preview(request)
        }
      },
      run: async (/** @type {Parameters<Context['run']>} */ ...work) => {
        choice.disabled = true
        try {
          return await context.run(...work)
        } finally {
          choice.disabled = false
        }
      }
    })
    const onReport = () => {
      button(foot, 'next').hidden = false
      button(foot, 'continue-to-finish').hidden = true
    }

    for (const [name, fill] of Object.entries(ways)) {
      if (fill) {
        fill({ body: part(body, `[data-part="way-${name}"]`), foot }, screen, contextOf(name), onReport)
      } else {
        part(body, `.choice:has(#way-${name})`).hidden = true
      }
    }
    choose(choice, 'way', way)
    const follow = () => {
      way = chosen(choice, 'way')
      for (const name of Object.keys(ways)) {
        part(body, `[data-part="way-${name}"]`).hidden = name !== way
        part(foot, `[data-part="foot-${name}"]`).hidden = name !== way
      }
      context.preview(previews[way] ?? null)
      // These sign the call here, Twilio once its keys are accepted.
      const signs = way === 'local' || (way === 'twilio' && screen.form.checked)
      part(body, '[data-part="unknown"]').hidden = screen.form.passwordKnown || !signs
    }
    follow()
    choice.addEventListener('change', follow, { signal })
    knownPassword(body, context)

    for (const action of ['continue-to-finish', 'next']) {
      button(foot, action).addEventListener('click', () => void context.move(ipc.continueToFinish), { signal })
    }
  }
})
