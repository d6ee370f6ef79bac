/** The question before a call that may cost money: asked once, whoever makes the call. */
import { texts } from '../../locales/index.js'
import { confirm } from '../../widgets/confirm.js'

/** Whether the person was asked since the window was opened. */
let asked = false

/**
 * Asks unless nothing here is real, or it was agreed to before. Gives whether to go on.
 *
 * @param {boolean} practice
 * @param {{ text: string, yes: string }} question
 */
export async function agreesToCost(practice, { text, yes }) {
  if (practice || asked) {
    return true
  }
  asked = await confirm({ title: texts.call.costTitle, text, yes })
  return asked
}
