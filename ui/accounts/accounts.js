/**
 * The accounts on this computer: open, set up a phone, forget.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context } from '../screen.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, cloneOne, part } from '../dom.js'
import { openDesk } from '../desk/desk.js'
import { texts } from '../locales/index.js'
import { defineStep } from '../screen.js'
import { notice } from '../widgets/banner.js'
import { confirm } from '../widgets/confirm.js'
import { fillPairs } from '../widgets/pairs.js'

export const accounts = defineStep({
  id: 'accounts',

  mount(root, { accounts }, context) {
    button(root, 'practise-desk').addEventListener('click', () => openDesk(context, 'practice'), { signal: context.signal })
    part(root, '[data-part="no-accounts"]').hidden = accounts.length > 0
    part(root, '[data-part="account-list"]').replaceChildren(
      ...accounts.map((account) => accountCard(account, context)))
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
    control.setAttribute('aria-label', `${control.textContent}: ${account.name}`)
    control.addEventListener('click', act, { signal: context.signal })
  }
  card.dataset.account = account.id
  part(card, 'h2').textContent = account.name
  part(card, '[data-part="line"]').textContent = texts.accounts.line(
    account.number, texts.methods[account.method], account.user, texts.environments[account.environment])
  part(card, '[data-part="notice"]').replaceChildren(...account.notices.map(notice))
  if (account.ownAddresses) {
    const { token, bearer, basic } = account.ownAddresses
    fillPairs(part(card, 'dl'), [
      [texts.accounts.token, token], [texts.accounts.bearer, bearer], [texts.accounts.basic, basic]])
    part(card, 'dl').hidden = false
  }
  on('open-desk', () => openDesk(context, account.id))
  on('open-account', () => void context.run(
    { stage: texts.home.opening, cancelSays: texts.home.openCancel },
    async (stop) => context.show(await ipc.openAccount({ account: account.id }, stop))))
  on('forget-account', async () => {
    if (await confirm(forgetQuestion(account))) {
      void context.run({ stage: texts.home.opening }, async () =>
        context.show(await ipc.forgetAccount({ account: account.id })))
    }
  })
  return card
}

/** @param {Wire.AccountCard} account */
const forgetQuestion = (account) => ({
  title: texts.accounts.forgetTitle(account.name),
  text: texts.accounts.forgetText,
  list: texts.accounts.forgetItems,
  note: texts.accounts.forgetKeeps,
  yes: texts.accounts.forgetConfirm,
  danger: true
})
