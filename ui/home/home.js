/**
 * Home: start, practice, continue, and the accounts on this computer.
 *
 * @import * as Wire from '../ipc/types.js'
 * @import { Context } from '../frame/screen.js'
 */
import * as ipc from '../ipc/commands.js'
import { button, part } from '../parts/dom.js'
import { cloneOne } from '../parts/template.js'
import { when } from '../parts/format.js'
import { texts } from '../texts/index.js'
import { defineScreen } from '../frame/screen.js'
import { openDesk } from '../support-desk/open.js'
import { confirm } from '../frame/confirm.js'
import { notice } from '../parts/banner.js'
import { offerReport } from './crash-report.js'
import { stepIds } from '../frame/navigation.js'

export const home = defineScreen({
  id: 'home',

  mount({ body }, { continues, accounts, practiceBegun, crash }, context) {
    const { signal } = context
    offerReport(part(body, '[data-part="crash"]'), crash, context)
    const on = (/** @type {HTMLElement} */ inside, /** @type {string} */ action, /** @type {() => void} */ act) =>
      button(inside, action).addEventListener('click', act, { signal })

    on(body, 'start-journey', () => go(context, () => ipc.startJourney({ practice: false })))
    on(body, 'start-practice', () => go(context, () => ipc.startJourney({ practice: true })))

    on(body, 'practice-desk', () => openDesk(context, 'practice'))
    on(body, 'open-check', () => go(context, () => ipc.openCheck({ practice: false })))

    button(body, 'reset-practice').hidden = !practiceBegun
    on(body, 'reset-practice', async () => {
      if (await confirm(resetQuestion())) {
        go(context, () => ipc.resetPractice())
      }
    })

    part(body, '[data-part="continues"]').hidden = continues.length === 0
    part(body, '[data-part="continue-list"]').replaceChildren(...continues.map((saved) => {
      const row = continueRow(saved)
      on(row, 'continue-journey', () =>
        take(context, (stop) =>
          ipc.continueJourney({ account: saved.account, practice: saved.practice }, stop)))
      return row
    }))

    part(body, '[data-part="no-accounts"]').hidden = accounts.length > 0
    part(body, '[data-part="account-list"]').replaceChildren(...accounts.map((account) => {
      const row = accountRow(account)
      on(row, 'open-desk', () => openDesk(context, account.id))
      on(row, 'set-up-api-client', () => go(context, () => ipc.setUpApiClient({ account: account.id })))
      on(row, 'open-account', () => take(context, (stop) => ipc.openAccount({ account: account.id }, stop)))
      return row
    }))
  }
})

/**
 * @param {Context} context
 * @param {() => Promise<Wire.Screen>} command
 */
function go(context, command) {
  void context.run({ stage: texts.home.opening }, async () => context.show(await command()))
}

/**
 * Opens a saved journey, which queries Bandwidth and can be canceled.
 *
 * @param {Context} context
 * @param {(stop: AbortSignal) => Promise<Wire.Screen>} command
 */
function take(context, command) {
  void context.run(
    { stage: texts.home.opening, cancelSays: texts.home.openCancel },
    async (stop) => context.show(await command(stop)))
}

/** @param {Wire.SavedJourney} saved */
function continueRow(saved) {
  const row = cloneOne('continue')
  const number = stepIds.indexOf(saved.step) + 1
  const title = saved.practice
    ? texts.home.continuePractice(saved.accountName)
    : texts.home.continueNamed(saved.accountName)
  part(row, 'h3').textContent = title
  part(row, 'p').textContent = texts.home.stoppedAt(
    number, texts.stepNames[saved.step], when(saved.stoppedAt, Date.now()))
  button(row, 'continue-journey').setAttribute('aria-label', title)
  row.dataset.account = saved.account
  row.dataset.practice = String(saved.practice)
  return row
}

/** @param {Wire.AccountView} account */
function accountRow(account) {
  const row = cloneOne('home-account')
  row.dataset.account = account.id
  part(row, 'h3').textContent = account.name
  part(row, 'p').textContent = texts.home.accountLine(
    account.number, texts.methods[account.method], texts.environments[account.environment])
  if (account.apiUser) {
    part(row, '[data-part="notice"]').replaceChildren(notice(account.apiUser))
  }
  button(row, 'set-up-api-client').hidden = account.apiUser === null
  for (const action of ['open-desk', 'open-account', 'set-up-api-client']) {
    const control = button(row, action)
    control.setAttribute('aria-label', texts.app.actionOf(control.textContent ?? '', account.name))
  }
  return row
}

const resetQuestion = () => ({
  title: texts.home.resetTitle,
  text: texts.home.resetText,
  list: texts.home.resetItems,
  yes: texts.home.resetConfirm,
  danger: true
})
