/** Home. */

export const home = {
  title: 'Make your first call through your own phone',
  lead: 'From a Bandwidth account to a phone that registers and a call that rings. Seven short steps, about ten minutes.',
  whatHappens: 'What happens',
  setUpTitle: 'Set up my account',
  setUpText: 'You need your Bandwidth account number and a way to sign in. The first step says who to ask for what is missing.',
  setUp: 'Set up my account',
  practiceTitle: 'Practice first',
  practiceText: 'A pretend account on this computer. Nothing leaves it, nothing costs money. Good for training.',
  practice: 'Practice first',
  resetPractice: 'Reset practice',
  resetTitle: 'Reset practice?',
  resetText: 'The practice account starts afresh. This removes from this computer:',
  resetItems: ['the realms and SIP credentials that you made in practice', 'the place where practice stopped'],
  resetConfirm: 'Reset practice',
  checkTitle: 'Find out why a phone does not register',
  checkText: 'For support: asks the registrar with a phone’s values and explains the answer. The phone is not disturbed.',
  check: 'Check a registration',
  practiceDesk: 'Practice at the desk',
  openDesk: 'Open the desk',
  continueTitle: 'Continue where you stopped',
  continueNamed: (/** @type {string} */ name) => `Continue: ${name}`,
  continuePractice: (/** @type {string} */ name) => `Continue practicing: ${name}`,
  continueButton: 'Continue',
  stoppedAt: (/** @type {number} */ number, /** @type {string} */ step, /** @type {string} */ when) =>
    `Stopped at step ${number}, ${step}, ${when}`,
  accountsTitle: 'Accounts on this computer',
  noAccounts: 'No account is kept on this computer yet. It appears here once you have signed in.',
  another: 'Set up another phone',
  apiClient: 'Set up an API client',
  accountLine: (/** @type {string} */ number, /** @type {string} */ method, /** @type {string} */ environment) =>
    `Account ${number} · ${method} · ${environment}`,
  opening: 'Opening…',
  openCancel: 'Canceling changes nothing.'
}
