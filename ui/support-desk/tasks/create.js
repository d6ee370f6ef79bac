/**
 * Creates a SIP credential at the desk.
 *
 * @import * as Wire from '../../ipc/types.js'
 * @import { Context } from '../../frame/screen.js'
 * @import { Actions } from './tasks.js'
 */
import * as ipc from '../../ipc/commands.js'
import { find, input, make } from '../../parts/dom.js'
import { focusField } from '../../parts/field.js'
import { texts } from '../../texts/all.js'
import { passwordField } from '../../parts/password-field.js'

/**
 * @param {HTMLElement} place
 * @param {Context} context
 * @param {{ realms: readonly Wire.DeskRealm[], realm: number | null }} choice
 * @param {Actions} actions
 */
export function mountCreate(place, context, { realms, realm }, actions) {
  const words = texts.credentials
  const form = find(place, 'form', HTMLFormElement)
  const realmField = find(place, '#realm', HTMLSelectElement)
  realmField.replaceChildren(...realms.map(({ id, name }) => {
    const option = make('option', name)
    option.value = String(id)
    return option
  }))
  const chosen = realms.find(({ id }) => id === realm) ?? realms.find(({ default: usual }) => usual)
  if (chosen) {
    realmField.value = String(chosen.id)
  }
  const password = passwordField(place, null, context, () => {})

  const read = () => ({
    realm: Number(realmField.value),
    draft: {
      userName: input(place, '#userName').value,
      domain: input(place, '#domain').value,
      applicationId: input(place, '#applicationId').value
    }
  })

  /** @param {(id: number) => void} go */
  const existing = (go) => void context.run(
    { stage: words.looking, cancelSays: words.lookCancel },
    async (stop) => go(await ipc.findCredential(read(), stop)))

  const create = (/** @type {string | null} */ typed) => {
    const req = { ...read(), password: typed }
    password.hide()
    return context.run(
      { stage: words.creating, cancelSays: words.createCancel },
      async (stop, stage) =>
        actions.showSettings(await ipc.addCredential(req, ({ sentence }) => stage(sentence), stop)),
      {
        try_again: { act: () => void create(typed) },
        use_existing: { act: () => existing(actions.show), label: words.showExisting },
        new_password: { act: () => existing(actions.newPassword) },
        other_name: { act: () => focusField(input(place, '#userName')) }
      })
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void create(password.typed())
  }, { signal: context.signal })
}
