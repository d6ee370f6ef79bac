/** The frame around the screens, and words that several of them share. */
import { decimal, duration, number as digits, plural } from '../texts/numbers.en.js'

export const app = {
  name: 'SIP Registrar Setup',
  forBandwidth: 'for Bandwidth accounts',
  account: (/** @type {string} */ number) => `Account ${number}`,
  newAccount: 'New account',
  home: 'Back to home',
  homeHint: 'Leave this setup and go to Home. You can continue where you left off.',
  steps: 'Steps',
  navigationTitle: 'Pages',
  navigation: { home: 'Home', accounts: 'Accounts', desk: 'Support desk', activity: 'Activity', about: 'About' },
  openTrainer: 'Open trainer’s panel',
  back: 'Back',
  cancel: 'Cancel',
  optional: 'optional',
  copy: 'Copy',
  copyNamed: (/** @type {string} */ name) => `Copy: ${name}`,
  /** A button that stands at each of several things, for those who don't see which. */
  actionOf: (/** @type {string} */ action, /** @type {string} */ name) => `${action}: ${name}`,
  copied: 'Copied.',
  copiedSecret: 'Copied. It’s cleared from the clipboard after 60 seconds.',
  show: 'Show',
  hide: 'Hide',
  shownFor: 'Shown for 30 seconds.',
  gaps: 'The gaps only make it easier to read. Don’t type them.',
  practiceTitle: 'Practice account',
  practiceText: 'Nothing here is real',
  stepOf: (/** @type {number} */ number, /** @type {number} */ all) => `Step ${digits(number)} of ${digits(all)}`,
  done: '(done)',
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

export const partNames = {
  test: 'Check these settings',
  phone: 'Choose your phone',
  wait: 'Wait for your phone'
}

export const checkRail = {
  title: 'What the check does',
  steps: ['Finds the registrar', 'Contacts it, and is asked to sign in', 'Signs in as the phone would', 'Explains the answer']
}

export const tones = { good: 'Worked', bad: 'Failed', wait: 'Needs attention', plain: 'Note' }

export const failure = {
  causes: 'Likely causes',
  details: 'Details',
  unexpected: 'Something went wrong in this window.',
  unexpectedNext: 'Try again. If it happens again, go to Home and continue from there.',
  recoveryOptions: {
    try_again: 'Retry',
    sign_in_again: 'Sign in again',
    use_existing: 'Continue with the existing one',
    new_password: 'Replace the password…',
    other_name: 'Choose another name',
    type_address: 'Show the address field',
    register_fully: 'Start a full check…',
    only_look: 'Check without registering',
    other_place: 'Choose another folder…'
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
  /** The language of these texts, for the names of days and months. */
  language: 'en',
  today: (/** @type {string} */ clock) => `today at ${clock}`,
  yesterday: (/** @type {string} */ clock) => `yesterday at ${clock}`,
  on: (/** @type {string} */ day, /** @type {string} */ clock) => `on ${day} at ${clock}`,
  took: (/** @type {number} */ ms) => (ms < 1000 ? `${digits(ms)} ms` : `${decimal(ms / 1000)} s`),
  seconds: (/** @type {number} */ seconds) => duration(seconds),
  /** What a clock that counts shows. */
  clockOf: (/** @type {number} */ seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

export const requestPanel = {
  title: 'Behind the scenes',
  next: 'Next request',
  copyCurl: 'Copy as curl command',
  before: 'Sent so far',
  none: 'Nothing yet. Each request and its response appear here, with secrets shown as dots.',
  request: 'Request',
  response: 'Response',
  cut: (/** @type {number} */ rest) =>
    plural(rest, { one: '… 1 more character', other: `… ${digits(rest)} more characters` })
}

export const evidence = {
  save: 'Save evidence…',
  saved: (/** @type {string} */ path) => `Saved as ${path}`,
  notSaved: 'Nothing was saved.'
}

export const methods = { api_client: 'API client', api_user: 'API user' }

export const environments = {
  production: 'Production',
  test: 'Test',
  own: 'Custom addresses',
  practice: 'Practice'
}
