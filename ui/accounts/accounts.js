/**
 * The accounts on this computer: open, set up a phone, change, sign out, remove; and the list as a
 * file.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context } from '../frame/screen.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, part } from '../parts/dom.js'
import { cloneOne } from '../parts/template.js'
import { openDesk } from '../support-desk/open.js'
import { texts } from '../texts/all.js'
import { defineScreen } from '../frame/screen.js'
import { notice } from '../parts/banner.js'
import { confirm } from '../frame/confirm.js'
import { fillPairs } from '../parts/pairs.js'

export const accounts = defineScreen({
  id: 'accounts',

  mount({ body }, { accounts }, context) {
    const on = (/** @type {string} */ action, /** @type {() => void} */ act) =>
      button(body, action).addEventListener('click', act, { signal: context.signal })
    on('practice-desk', () => openDesk(context, 'practice'))
    on('add-account', () => go(context, () => ipc.editAccount({ account: null })))
    on('import-list', () => void importList(context))
    on('export-list', () => void context.run({ stage: texts.accounts.exporting }, async () => {
      const path = await ipc.saveAccountList()
      part(body, '[data-part="saved"]').textContent = path === null ? '' : texts.accounts.exported(path)
    }))
    button(body, 'export-list').disabled = accounts.length === 0
    part(body, '[data-part="no-accounts"]').hidden = accounts.length > 0
    part(body, '[data-part="account-list"]').replaceChildren(
      ...accounts.map((account) => accountCard(account, context)))
  }
})

/**
 * @param {Context} context
 * @param {() => Promise<Wire.Screen>} command
 */
function go(context, command) {
  void context.run({ stage: texts.home.opening }, async () => context.show(await command()))
}

/** @param {Context} context */
const importList = (context) => context.run({ stage: texts.accounts.importing }, async () => {
  const screen = await ipc.chooseAccountList()
  if (screen) {
    context.show(screen)
  }
})

/**
 * @param {Wire.AccountCard} account
 * @param {Context} context
 */
function accountCard(account, context) {
  const card = cloneOne('account-card')
  const on = (/** @type {string} */ action, /** @type {() => void} */ act) => {
    const control = button(card, action)
    control.setAttribute('aria-label', texts.app.actionOf(control.textContent ?? '', account.name))
    control.addEventListener('click', act, { signal: context.signal })
  }
  card.dataset.account = account.id
  part(card, 'h2').textContent = account.name
  part(card, '[data-part="line"]').textContent = texts.accounts.line(
    account.number, texts.methods[account.method], account.user, texts.environments[account.environment])
  const state = account.signedIn ? 'signedIn' : account.remember ? 'signedOut' : 'asked'
  part(card, '[data-part="state"]').textContent = texts.accounts.states[state]
  part(card, '[data-part="state"]').dataset.tone = account.signedIn ? 'good' : 'plain'
  const saved = account.signedIn ? texts.accounts.signOut : texts.accounts.deleteSecret
  button(card, 'sign-out').textContent = saved
  button(card, 'sign-out').hidden = state === 'asked'
  part(card, '[data-part="notice"]').replaceChildren(...account.notices.map(notice))
  if (account.ownAddresses) {
    const { token, bearer, basic } = account.ownAddresses
    fillPairs(part(card, 'dl'), [
      [texts.signIn.token, token], [texts.signIn.bearer, bearer], [texts.signIn.basic, basic]])
    part(card, 'dl').hidden = false
  }
  on('open-desk', () => openDesk(context, account.id))
  on('open-account', () => void context.run(
    { stage: texts.home.opening, cancelSays: texts.home.openCancel },
    async (stop) => context.show(await ipc.openAccount({ account: account.id }, stop))))
  on('edit-account', () => go(context, () => ipc.editAccount({ account: account.id })))
  button(card, 'set-up-api-client').hidden = account.method !== 'api_user'
  on('set-up-api-client', () => go(context, () => ipc.setUpApiClient({ account: account.id })))
  on('sign-out', async () => {
    if (await confirm(signOutQuestion(account))) {
      go(context, () => ipc.signOutAccount({ account: account.id }))
    }
  })
  on('remove-account', async () => {
    if (await confirm(forgetQuestion(account))) {
      go(context, () => ipc.removeAccount({ account: account.id }))
    }
  })
  return card
}

/** @param {Wire.AccountCard} account */
function signOutQuestion({ name, method, remember, signedIn }) {
  const words = texts.accounts
  return {
    title: signedIn ? words.signOutTitle(name) : words.deleteSecretTitle[method](name),
    text: remember ? words.signOutDeletes[method] : words.signOutForgets[method],
    note: words.signOutKeeps,
    yes: signedIn ? words.signOutConfirm : words.deleteSecretConfirm,
    danger: true
  }
}

/** @param {Wire.AccountCard} account */
const forgetQuestion = ({ name, unfinished, forgets }) => ({
  title: texts.accounts.forgetTitle(name),
  text: [...unfinished, texts.accounts.forgetText].join(' '),
  list: forgets,
  note: texts.accounts.forgetKeeps,
  yes: unfinished.length > 0 ? texts.accounts.forgetUnfinished : texts.accounts.forgetConfirm,
  danger: true
})
