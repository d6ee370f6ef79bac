/**
 * The form for one account: a new one outside the journey, or an existing one.
 */
import * as ipc from '../ipc/commands.js'
import { asForm, button, find, input, part } from '../parts/dom.js'
import { texts } from '../texts/all.js'
import { defineScreen } from '../frame/screen.js'
import { keepDrafts } from '../parts/drafts.js'
import { canBeShown, forgetWhenLeft } from '../parts/secret-view.js'
import { mayBeForgotten, signInFields } from '../parts/sign-in-fields.js'

export const account = defineScreen({
  id: 'account',

  mount({ body, foot }, { name, form }, context) {
    const { signal } = context
    const fields = asForm(body)
    part(body, 'h1').textContent = name === null ? texts.accounts.formNew : texts.accounts.formOf(name)
    const { read } = signInFields(fields, form, signal)
    const secret = input(body, '#secret')
    const drafts = keepDrafts(fields, () => ({ form: 'account', draft: read() }), context)
    find(body, '#environment', HTMLSelectElement)
      .addEventListener('change', () => void drafts.keep(), { signal })

    const save = async (/** @type {boolean} */ check) => {
      const req = { draft: read(), secret: secret.value === '' ? null : secret.value, check }
      if (!await mayBeForgotten(form.secretSaved, req.draft.remember)) {
        return
      }
      void context.run(
        { stage: check ? texts.accounts.checking : texts.accounts.saving, cancelSays: texts.accounts.saveCancel },
        async (stop) => context.show(await ipc.saveAccount(req, stop)),
        { sign_in_again: { act: () => secret.select() } })
    }
    canBeShown(secret, button(body, 'show-typed'), context)
    forgetWhenLeft(secret, signal)
    fields.addEventListener('submit', (event) => {
      event.preventDefault()
      void save(true)
    }, { signal })
    button(foot, 'save-unchecked').addEventListener('click', () => void save(false), { signal })
    button(foot, 'leave-form').addEventListener('click', () => void context.move(ipc.openAccounts), { signal })
  }
})
