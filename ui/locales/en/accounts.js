/** The accounts on this computer. */

export const accounts = {
  title: 'Accounts',
  lead: 'The Bandwidth accounts that this computer knows. Secrets are in the computer’s keychain only, by account.',
  none: 'No account is kept on this computer yet. Practise at the desk meanwhile: its account is made up.',
  line: (/** @type {string} */ number, /** @type {string} */ method, /** @type {string} */ user, /** @type {string} */ environment) =>
    `Account ${number} · ${method} ${user} · ${environment}`,
  token: 'Sign-in (token)',
  bearer: 'API, for an API client',
  basic: 'API, for an API user',
  setUp: 'Set up a phone',
  forget: 'Forget this account',
  forgetTitle: (/** @type {string} */ name) => `Forget ${name}?`,
  forgetText: 'This removes from this computer:',
  forgetItems: [
    'the account’s name, number and way to sign in',
    'its secrets in the keychain',
    'the place where its set-up stopped'
  ],
  forgetKeeps: 'Nothing changes at Bandwidth: the realms and SIP credentials stay, and phones go on working.',
  forgetConfirm: 'Forget this account'
}
