/**
 * Step 4: make the SIP credential.
 *
 * @import * as Wire from '../ipc/types.js'
 */
import * as ipc from '../ipc/commands.js'
import { find, input, part } from '../parts/dom.js'
import { focusField } from '../parts/field.js'
import { texts } from '../texts/all.js'
import { defineStep } from '../frame/screen.js'
import { confirm } from '../parts/confirm.js'
import { keepDrafts } from '../parts/drafts.js'
import { hashCard } from './hash-card.js'
import { passwordField } from '../parts/password-field.js'

export const credential = defineStep({
  id: 'credential',

  mount(root, { realm, form }, context) {
    const { signal } = context
    const body = find(root, '#credential-form', HTMLFormElement)
    const userName = input(root, '#userName')

    part(root, '[data-part="realm"]').textContent = realm
    userName.value = form.userName
    input(root, '#domain').value = form.domain
    input(root, '#applicationId').value = form.applicationId
    find(root, '[data-part="more"]', HTMLDetailsElement).open = form.applicationId !== ''

    const password = passwordField(root, form.madePassword, context, () => {
      hashes.hide()
      void drafts.keep()
    })
    const hashes = hashCard(root, context, () => ({ typed: password.typed(), draft: read(root) }))
    const drafts = keepDrafts(body, () => ({ form: 'credential', draft: read(root) }), context, hashes.show)
    body.addEventListener('input', hashes.hide, { signal })

    const create = (/** @type {Wire.Existing} */ existing, /** @type {string | null} */ typed) => {
      const draft = read(root)
      password.hide()
      hashes.hide()
      return context.run(
        { stage: texts.credential.working, cancelSays: texts.credential.cancelSays },
        async (stop, stage) => context.show(await ipc.createCredential(
          { draft, password: typed, existing }, ({ sentence }) => stage(sentence), stop)),
        {
          // A way on after a failure is about the password that failed.
          try_again: { act: () => void create(existing, typed) },
          use_existing: { act: () => void create('use', typed), label: texts.credential.useExisting },
          new_password: { act: () => void replace(typed), label: texts.credential.replace },
          other_name: { act: () => focusField(userName) }
        })
    }

    const replace = async (/** @type {string | null} */ typed) => {
      const words = texts.credential
      const name = [userName.value.trim(), input(root, '#domain').value.trim()].filter(Boolean).join('@')
      if (await confirm({ title: words.replaceTitle(name), text: words.replaceText, yes: words.replaceYes, danger: true })) {
        await create('replace', typed)
      }
    }

    body.addEventListener('submit', (event) => {
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
