/**
 * The field for the secret that proves the credential. A secret that was sent once is known to the core
 * and needn't be typed again.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context } from '../frame/screen.js'
 */
import { button, chosen, input } from '../parts/dom.js'
import { hintOf, setLabel } from '../parts/field.js'
import { texts } from '../texts/all.js'
import { canBeShown, forgetWhenLeft } from '../parts/secret-view.js'

/** @typedef {{ text: string | null, proof: Wire.ProofKind }} Taken */

/**
 * @param {HTMLElement} form
 * @param {Wire.ProofKind | null} knownProof which proof the core knows, if any
 * @param {Context} context
 */
export function secretField(form, knownProof, context) {
  const { signal } = context
  const field = input(form, '#secret')
  const hint = hintOf(form, 'secret')
  let known = knownProof

  const proof = () => /** @type {Wire.ProofKind} */ (chosen(form, 'proof'))
  const words = texts.check
  const names = { password: words.password, hash1: words.hash1, hash1b: words.hash1b }
  const follow = () => {
    setLabel(form, 'secret', names[proof()])
    hint.textContent = proof() === known ? words.secretKnown : words.secretHints[proof()]
  }
  follow()
  form.addEventListener('change', follow, { signal })

  const view = canBeShown(field, button(form, 'show-secret'), context)
  forgetWhenLeft(field, signal)

  return {
    proof,
    /**
     * Returns what was typed and hides it. The text is `null` if the secret that the core knows is
     * meant.
     *
     * @returns {Taken}
     */
    take: () => {
      view.conceal()
      return { text: field.value === '' ? null : field.value, proof: proof() }
    },
    /**
     * Called when the core has the secret. Anything typed since then is kept.
     *
     * @param {Taken} taken
     */
    sent: (taken) => {
      if (taken.text === null) {
        return
      }
      known = taken.proof
      if (field.value === taken.text) {
        field.value = ''
      }
      follow()
    }
  }
}
