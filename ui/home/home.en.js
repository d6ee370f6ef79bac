/** Home. */
import { number as digits } from '../texts/numbers.en.js'

export const home = {
  title: 'Make your first call from your own phone',
  lead: 'Connect a phone to your Bandwidth account and make a test call. 7 short steps, about 10 minutes.',
  whatHappens: 'The steps',
  setUpTitle: 'Set up a phone',
  setUpText: 'You’ll need your Bandwidth account number and a way to sign in. Step 1 says who to ask for anything that’s missing.',
  setUp: 'Set up a phone',
  practiceTitle: 'Practice first',
  practiceText: 'Try everything with a made-up account on this computer. Nothing leaves it, and nothing costs money.',
  practice: 'Start practice',
  resetPractice: 'Reset the practice account…',
  resetTitle: 'Reset the practice account?',
  resetText: 'The practice account starts over. This deletes from this computer:',
  resetItems: ['the realms and SIP credentials you created in the practice account', 'the step you stopped at in the practice account'],
  resetConfirm: 'Reset the practice account',
  checkTitle: 'Find out why a phone won’t register',
  checkText: 'For support: asks the registrar with a phone’s settings and explains the answer. The phone isn’t affected.',
  check: 'Check a registration',
  practiceDesk: 'Practice at the support desk',
  openDesk: 'Open the support desk',
  continueTitle: 'Continue where you left off',
  continueNamed: (/** @type {string} */ name) => `Continue: ${name}`,
  continuePractice: (/** @type {string} */ name) => `Continue practice: ${name}`,
  continueButton: 'Continue',
  stoppedAt: (/** @type {number} */ number, /** @type {string} */ step, /** @type {string} */ when) =>
    `Stopped at step ${digits(number)} (${step}) ${when}`,
  accountsTitle: 'Accounts on this computer',
  noAccounts: 'No accounts are saved on this computer yet. An account appears here once you’ve signed in.',
  another: 'Set up another phone',
  apiClient: 'Set up an API client',
  accountLine: (/** @type {string} */ number, /** @type {string} */ method, /** @type {string} */ environment) =>
    `Account ${number} · ${method} · ${environment}`,
  opening: 'Opening…',
  openCancel: 'Canceling changes nothing.'
}
