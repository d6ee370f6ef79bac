/**
 * Step 2: the account number and a way to sign in.
 *
 * @import * as Wire from '../ipc/types.js'
 */
import * as ipc from '../ipc/commands.js'
import { asForm, button, choose, find, input, part } from '../parts/dom.js'
import { texts } from '../texts/all.js'
import { defineScreen } from '../frame/screen.js'
import { keepDrafts } from '../parts/drafts.js'
import { fillPairs } from '../parts/pairs.js'
import { stepIds } from '../frame/navigation.js'
import { canBeShown, forgetWhenLeft } from '../parts/secret-view.js'
import { mayBeForgotten, signInFields } from '../parts/sign-in-fields.js'

export const signIn = defineScreen({
  id: 'sign_in',

  mount({ body, foot }, { form }, context) {
    const { signal } = context
    const fields = asForm(body)
    const { read } = signInFields(fields, form, signal)
    const secret = input(body, '#secret')
    const environment = find(body, '#environment', HTMLSelectElement)
    sayWhereItGoesOn(body, form)

    if (form.sample) {
      offerSample(fields, button(foot, 'sign-in'), form.sample, signal)
    }
    const drafts = keepDrafts(fields, () => ({ form: 'sign_in', draft: read() }), context)

    fields.addEventListener('submit', async (event) => {
      event.preventDefault()
      // The values as sent; anything typed while the request runs is for the next attempt.
      const req = { draft: read(), secret: secret.value === '' ? null : secret.value }
      if (!await mayBeForgotten(form.secretSaved, req.draft.remember)) {
        return
      }
      void context.run(
        { stage: texts.signIn.working, cancelSays: texts.signIn.cancelSays },
        async (stop) => context.show(await ipc.signIn(req, stop)),
        {
          try_again: { act: () => fields.requestSubmit() },
          sign_in_again: { act: () => secret.select() }
        })
    }, { signal })
    canBeShown(secret, button(body, 'show-typed'), context)
    forgetWhenLeft(secret, signal)

    environment.addEventListener('change', () => void drafts.keep(), { signal })
  }
})

/**
 * @param {HTMLElement} root
 * @param {Wire.SignInForm} form
 */
function sayWhereItGoesOn(root, form) {
  const continues = part(root, '[data-part="continues"]')
  continues.hidden = form.continuesAt === null
  if (form.continuesAt) {
    continues.textContent = texts.signIn.continues(
      stepIds.indexOf(form.continuesAt) + 1, texts.stepNames[form.continuesAt])
  }
}

/**
 * @param {HTMLFormElement} root
 * @param {HTMLButtonElement} next
 * @param {Wire.SampleSignIn} sample
 * @param {AbortSignal} signal
 */
function offerSample(root, next, sample, signal) {
  part(root, '[data-part="sample"]').hidden = false
  fillPairs(part(root, '[data-part="sample-values"]'), [
    [texts.signIn.accountNumber, sample.accountNumber],
    [texts.signIn.clientId, sample.clientId],
    [texts.signIn.clientSecret, sample.clientSecret]
  ])
  button(root, 'fill-in').addEventListener('click', () => {
    choose(root, 'method', 'api_client')
    input(root, '#accountNumber').value = sample.accountNumber
    input(root, '#user').value = sample.clientId
    input(root, '#secret').value = sample.clientSecret
    root.dispatchEvent(new Event('input'))
    root.dispatchEvent(new Event('change'))
    next.focus()
  }, { signal })
}
