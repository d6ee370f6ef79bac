/**
 * Step 2: the account number and a way to sign in.
 *
 * @import * as Wire from '../ipc/next.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, choose, chosen, find, input, make, part } from '../dom.js'
import { texts } from '../locales/index.js'
import { defineStep } from '../screen.js'
import { keepDrafts } from '../widgets/drafts.js'
import { fillPairs } from '../widgets/pairs.js'
import { stepIds } from '../widgets/rail.js'

export const signIn = defineStep({
  id: 'sign_in',

  mount(root, { form }, context) {
    const { signal } = context
    const body = find(root, '#sign-in-form', HTMLFormElement)
    const secret = input(root, '#secret')
    const environment = find(root, '#environment', HTMLSelectElement)

    fill(root, form)
    const follow = () => {
      showMethod(root)
      showAddresses(root, form)
    }
    follow()
    body.addEventListener('change', follow, { signal })

    if (form.sample) {
      offerSample(root, form.sample, signal)
    }
    const drafts = keepDrafts(body, () => ({ form: 'sign_in', draft: read(root) }), context)

    body.addEventListener('submit', (event) => {
      event.preventDefault()
      const typed = secret.value
      void context.run(
        { stage: texts.signIn.working, cancelSays: texts.signIn.cancelSays },
        async (stop) => {
          try {
            context.show(await ipc.signIn({ draft: read(root), secret: typed === '' ? null : typed }, stop))
          } finally {
            secret.value = ''
          }
        },
        {
          try_again: { act: () => (form.secretSaved ? body.requestSubmit() : secret.focus()) },
          sign_in_again: { act: () => secret.focus() }
        })
    }, { signal })

    environment.addEventListener('change', () => void drafts.keep(), { signal })
  }
})

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
  part(root, '#secret-hint').hidden = !form.secretSaved

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
    part(choice, 'label').textContent = texts.signIn.apiUserOff
    part(choice, '.hint').textContent = texts.signIn.apiUserOffHint
    part(root, '[data-part="advanced-methods"]').append(choice)
    const advanced = find(root, '[data-part="advanced"]', HTMLDetailsElement)
    advanced.hidden = false
    advanced.open = form.method === 'api_user'
  }
  choose(root, 'method', form.method)

  const continues = part(root, '[data-part="continues"]')
  continues.hidden = form.continuesAt === null
  if (form.continuesAt) {
    continues.textContent = texts.signIn.continues(
      stepIds.indexOf(form.continuesAt) + 1, texts.stepNames[form.continuesAt])
  }
}

/** @param {HTMLElement} root */
function showMethod(root) {
  const words = chosen(root, 'method') === 'api_client'
    ? [texts.signIn.clientId, texts.signIn.clientSecret]
    : [texts.signIn.userName, texts.signIn.password]
  for (const [index, field] of ['user', 'secret'].entries()) {
    part(root, `label[for="${field}"] span`).textContent = words[index] ?? ''
  }
}

/**
 * Shows where requests will go, or three fields for one's own addresses.
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
 * @param {HTMLElement} root
 * @param {Wire.SampleSignIn} sample
 * @param {AbortSignal} signal
 */
function offerSample(root, sample, signal) {
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
    const form = part(root, '#sign-in-form')
    form.dispatchEvent(new Event('input'))
    form.dispatchEvent(new Event('change'))
    button(root, 'sign-in').focus()
  }, { signal })
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
