/**
 * Step 4: create the SIP credential.
 *
 * @import * as Wire from '../ipc/types.js'
 */
import * as ipc from '../ipc/commands.js'
import { asForm, find, input, part } from '../parts/dom.js'
import { focusField } from '../parts/field.js'
import { texts } from '../texts/all.js'
import { defineScreen } from '../frame/screen.js'
import { confirm } from '../frame/confirm.js'
import { keepDrafts } from '../parts/drafts.js'
import { hashCard } from './hash-card.js'
import { passwordField } from '../parts/password-field.js'

export const credential = defineScreen({
  id: 'credential',

  mount({ body }, { realm, form }, context) {
    const { signal } = context
    const fields = asForm(body)
    const userName = input(body, '#userName')

    part(body, '[data-part="realm"]').textContent = realm
    userName.value = form.userName
    input(body, '#domain').value = form.domain
    input(body, '#applicationId').value = form.applicationId
    find(body, '[data-part="more"]', HTMLDetailsElement).open = form.applicationId !== ''

    const password = passwordField(body, form.madePassword, context, () => {
      hashes.hide()
      void drafts.keep()
    })
    const hashes = hashCard(body, context, () => ({ typed: password.typed(), draft: read(body) }))
    const drafts = keepDrafts(fields, () => ({ form: 'credential', draft: read(body) }), context, hashes.show)
    fields.addEventListener('input', hashes.hide, { signal })

    const create = (/** @type {Wire.Existing} */ existing, /** @type {string | null} */ typed) => {
      const draft = read(body)
      password.hide()
      hashes.hide()
      return context.run(
        { stage: texts.credential.working, cancelSays: texts.credential.cancelSays },
        async (stop, stage) => context.show(await ipc.createCredential(
          { draft, password: typed, existing }, ({ sentence }) => stage(sentence), stop)),
        {
          // A recovery option belongs to the password that failed.
          try_again: { act: () => void create(existing, typed) },
          use_existing: { act: () => void create('use', typed), label: texts.credential.useExisting },
          new_password: { act: () => void replace(typed), label: texts.credential.replace },
          other_name: { act: () => focusField(userName) }
        })
    }

    const replace = async (/** @type {string | null} */ typed) => {
      const words = texts.credential
      const name = [userName.value.trim(), input(body, '#domain').value.trim()].filter(Boolean).join('@')
      if (await confirm({ title: words.replaceTitle(name), text: words.replaceText, yes: words.replaceYes, danger: true })) {
        await create('replace', typed)
      }
    }

    fields.addEventListener('submit', (event) => {
      event.preventDefault()
      void create('refuse', password.typed())
    }, { signal })
  }
})

/**
 * @param {HTMLElement} root
 * @returns {Wire.CredentialDraft}
 */
const read = (root) => ({
  userName: input(root, '#userName').value,
  domain: input(root, '#domain').value,
  applicationId: input(root, '#applicationId').value
})
