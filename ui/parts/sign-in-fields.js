/**
 * The fields of a sign-in method, in the journey and in the account form.
 *
 * @import * as Wire from '../ipc/types.js'
 */
import { choose, chosen, find, input, make, part } from './dom.js'
import { hintOf, setLabel } from './field.js'
import { clone } from './template.js'
import { texts } from '../texts/all.js'
import { confirm } from '../frame/confirm.js'
import { fillPairs } from './pairs.js'

/**
 * Adds the fields to a form, and keeps related ones in sync.
 *
 * @param {HTMLFormElement} root
 * @param {Wire.SignInForm} form
 * @param {AbortSignal} signal
 * @returns {{ read: () => Wire.SignInDraft }}
 */
export function signInFields(root, form, signal) {
  part(root, '[data-part="fields"]').replaceChildren(clone('sign-in-fields'))
  fill(root, form)
  const follow = () => {
    showMethod(root)
    showAddresses(root, form)
  }
  follow()
  root.addEventListener('change', follow, { signal })
  return { read: () => read(root) }
}

/**
 * @param {HTMLElement} root
 * @param {Wire.SignInForm} form
 */
function fill(root, form) {
  input(root, '#name').value = form.name
  input(root, '#accountNumber').value = form.accountNumber
  input(root, '#user').value = form.user
  input(root, '#remember').checked = form.remember
  input(root, '#tokenAddress').value = form.tokenAddress
  input(root, '#bearerAddress').value = form.bearerAddress
  input(root, '#basicAddress').value = form.basicAddress
  hintOf(root, 'secret').hidden = !form.secretSaved

  const environment = find(root, '#environment', HTMLSelectElement)
  environment.replaceChildren(...form.environments.map(({ name }) => {
    const option = make('option', texts.environments[name])
    option.value = name
    return option
  }))
  environment.value = form.environment

  if (form.apiUsersOff) {
    const user = input(root, '#method-api_user')
    const choice = /** @type {HTMLElement} */ (user.closest('.choice'))
    setLabel(choice, user.id, texts.signIn.apiUserOff)
    hintOf(choice, user.id).textContent = texts.signIn.apiUserOffHint
    part(root, '[data-part="advanced-methods"]').append(choice)
    const advanced = find(root, '[data-part="advanced"]', HTMLDetailsElement)
    advanced.hidden = false
    advanced.open = form.method === 'api_user'
  }
  choose(root, 'method', form.method)
}

/** @param {HTMLElement} root */
function showMethod(root) {
  const words = chosen(root, 'method') === 'api_client'
    ? [texts.signIn.clientId, texts.signIn.clientSecret]
    : [texts.signIn.userName, texts.signIn.password]
  for (const [index, field] of ['user', 'secret'].entries()) {
    setLabel(root, field, words[index] ?? '')
  }
}

/**
 * Shows where requests will be sent, or three fields for custom addresses.
 *
 * @param {HTMLElement} root
 * @param {Wire.SignInForm} form
 */
function showAddresses(root, form) {
  const name = find(root, '#environment', HTMLSelectElement).value
  const addresses = form.environments.find((each) => each.name === name)?.addresses
  part(root, '[data-part="own"]').hidden = name !== 'own'
  part(root, '[data-part="addresses"]').hidden = name === 'own' || !addresses
  if (addresses) {
    fillPairs(part(root, '[data-part="addresses"]'), [
      [texts.signIn.token, addresses.token],
      [texts.signIn.bearer, addresses.bearer],
      [texts.signIn.basic, addresses.basic]
    ])
  }
}

/**
 * Asks before deleting a saved secret that should no longer be remembered.
 *
 * @param {boolean} saved
 * @param {boolean} remember
 */
export async function mayBeForgotten(saved, remember) {
  const words = texts.signIn
  return !saved || remember || await confirm({
    title: words.forgetTitle, text: words.forgetText, yes: words.forgetConfirm, danger: true
  })
}

/**
 * @param {HTMLElement} root
 * @returns {Wire.SignInDraft}
 */
function read(root) {
  const value = (/** @type {string} */ id) => input(root, `#${id}`).value
  return {
    name: value('name'),
    accountNumber: value('accountNumber'),
    method: /** @type {Wire.SignInMethod} */ (chosen(root, 'method')),
    user: value('user'),
    environment: /** @type {Wire.EnvironmentName} */ (find(root, '#environment', HTMLSelectElement).value),
    tokenAddress: value('tokenAddress'),
    bearerAddress: value('bearerAddress'),
    basicAddress: value('basicAddress'),
    remember: input(root, '#remember').checked
  }
}
