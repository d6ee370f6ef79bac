/** The frame around the screens, and words that several of them share. */

export const app = {
  name: 'SIP Registrar Setup',
  forBandwidth: 'for Bandwidth accounts',
  account: (/** @type {string} */ number) => `Account ${number}`,
  newAccount: 'New account',
  home: 'Home',
  homeHint: 'Leave this set-up and go to Home. You can continue where you stopped.',
  steps: 'Steps',
  navigationTitle: 'Places',
  navigation: { home: 'Home', accounts: 'Accounts', desk: 'Support desk', activity: 'Activity', about: 'About' },
  back: 'Back',
  cancel: 'Cancel',
  optional: 'optional',
  copy: 'Copy',
  copyNamed: (/** @type {string} */ name) => `Copy: ${name}`,
  copied: 'Copied.',
  copiedSecret: 'Copied. It is cleared from the clipboard after 60 seconds.',
  show: 'Show',
  hide: 'Hide',
  shownFor: 'Shown for 30 seconds.',
  gaps: 'The gaps are only for reading. Don’t type them.',
  practiceTitle: 'Practice account',
  practiceText: 'Nothing here is real',
  stepOf: (/** @type {number} */ number, /** @type {number} */ all) => `Step ${number} of ${all}`,
  done: 'done',
  workCancels: 'Canceling…'
}

export const stepNames = {
  prepare: 'Before you start',
  sign_in: 'Sign in',
  realm: 'Realm',
  credential: 'SIP credential',
  register: 'Register the phone',
  call: 'Test call',
  finish: 'Finish'
}

export const checkRail = {
  title: 'What the check does',
  steps: ['Finds the registrar', 'Asks, and is asked for proof', 'Proves the credential', 'Explains the answer']
}

export const tones = { good: 'Worked', bad: 'Failed', wait: 'Needs attention', plain: 'Note' }

export const failure = {
  causes: 'Likely causes',
  details: 'Details',
  unexpected: 'Something in this window went wrong.',
  unexpectedNext: 'Try it again. If it happens again, go to Home and continue from there.',
  waysOn: {
    try_again: 'Try again',
    sign_in_again: 'Sign in again',
    use_existing: 'Use the one that is there',
    new_password: 'Give it a new password',
    other_name: 'Choose another name',
    type_address: 'Type the address',
    register_fully: 'Run the full registration',
    only_look: 'Only look',
    other_place: 'Choose another place'
  }
}

export const passwordLoss = {
  title: (/** @type {string} */ name) => `Leave without the password of ${name}?`,
  text: 'You haven’t copied or saved it yet, and it can’t be shown again. Bandwidth doesn’t know it, either.',
  note: 'Without it, you’d have to replace the password before you can set up a phone.',
  leave: 'Leave without it',
  close: 'Close without it'
}

export const time = {
  today: (/** @type {string} */ clock) => `today at ${clock}`,
  yesterday: (/** @type {string} */ clock) => `yesterday at ${clock}`,
  on: (/** @type {string} */ day, /** @type {string} */ clock) => `on ${day} at ${clock}`,
  took: (/** @type {number} */ ms) => (ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`),
  seconds: (/** @type {number} */ seconds) =>
    [seconds >= 60 ? `${Math.floor(seconds / 60)} min` : '', seconds % 60 > 0 || seconds === 0 ? `${seconds % 60} s` : '']
      .filter(Boolean).join(' ')
}

export const requestPanel = {
  title: 'Behind the scenes',
  next: 'About to be sent',
  copyCurl: 'Copy as curl',
  before: 'Sent so far',
  none: 'Nothing yet. Each request and its answer will be listed here, with secrets as dots.',
  request: 'Request',
  response: 'Answer',
  cut: (/** @type {number} */ rest) => `… ${rest} more characters`
}

export const evidence = {
  save: 'Save evidence',
  saved: (/** @type {string} */ path) => `Saved: ${path}`,
  notSaved: 'Nothing was saved.'
}

export const methods = { api_client: 'API client', api_user: 'API user' }

export const environments = {
  production: 'Production',
  test: 'Test',
  own: 'Other addresses',
  practice: 'Practice'
}
