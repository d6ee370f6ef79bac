/**
 * 'Save evidence': saves one page that can be attached to a ticket.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context } from '../frame/screen.js'
 */
import { saveEvidence } from '../ipc/commands.js'
import { button } from '../parts/dom.js'
import { texts } from '../texts/all.js'
import { oneAtATime } from '../frame/work.js'

/**
 * @param {Context} context
 * @param {Wire.EvidenceOf} of
 */
export async function save(context, of) {
  try {
    const path = await saveEvidence({ of })
    context.say(path === null ? texts.evidence.notSaved : texts.evidence.saved(path))
  } catch (error) {
    context.showFailure(error)
  }
}

/**
 * Makes a button save evidence.
 *
 * @param {ParentNode} root
 * @param {string} action
 * @param {Context} context
 * @param {() => Wire.EvidenceOf | null} of nothing is saved of `null`
 */
export function savesEvidence(root, action, context, of) {
  button(root, action).addEventListener('click', oneAtATime(async () => {
    const what = of()
    if (what) {
      await save(context, what)
    }
  }), { signal: context.signal })
}
