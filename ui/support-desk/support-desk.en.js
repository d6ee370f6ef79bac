/** The support desk. */
import { number, plural } from '../texts/numbers.en.js'

export const desk = {
  title: 'SIP credentials',
  rail: 'Accounts and realms',
  accounts: 'Accounts',
  openNow: 'Open',
  accountNote: (/** @type {string} */ number, /** @type {string} */ environment) => `${number} · ${environment}`,
  realms: 'Realms',
  allRealms: 'All realms',
  count: (/** @type {number} */ count) => number(count),
  countOf: (/** @type {number} */ loaded, /** @type {number} */ listed) => `${number(loaded)} of ${number(listed)}`,
  find: 'Find',
  findHint: 'Part of a user name, domain, realm, or voice application. Press / to jump here.',
  result: 'Last check',
  results: {
    any: 'Any result',
    unchecked: 'Not checked',
    accepted: 'Accepted',
    not_accepted: 'Not accepted',
    registered: 'A phone is registered'
  },
  application: 'Voice application',
  applications: { any: 'Any or none', with: 'Has one', without: 'Has none' },
  rate: 'Requests per second',
  rateHint: '1 to 50 checks. Lower it if the registrar stops answering.',
  refresh: 'Refresh',
  refreshHint: 'F5',
  ageUnknown: 'Loaded before the clock was set back',
  age: (/** @type {number} */ minutes) => {
    const hours = Math.floor(minutes / 60)
    if (minutes < 1) {
      return 'Loaded just now'
    }
    return minutes < 120
      ? plural(minutes, { one: 'Loaded 1 minute ago', other: `Loaded ${number(minutes)} minutes ago` })
      : plural(hours, { one: 'Loaded 1 hour ago', other: `Loaded ${number(hours)} hours ago` })
  },
  checkSelected: (/** @type {number} */ count) =>
    count === 0 ? 'Check selected' : `Check ${number(count)} selected`,
  checkShown: (/** @type {number} */ count) =>
    count < 2 ? 'Check all shown' : `Check all ${number(count)} shown`,
  selectAll: 'Select all shown',
  selectNone: 'Select none',
  shown: (/** @type {number} */ total, /** @type {number} */ selected) =>
    `${number(total)} shown · ${number(selected)} selected`,
  keys: 'Use the arrow keys, Page Up, and Page Down to move. Press Space to select, Shift with an arrow key to select several, and Ctrl+A to select all shown. Press Enter to open. Press C to check one that hasn’t been checked, and F to find out why one isn’t accepted.',
  ways: { check: 'Check', fix: 'Show why' },
  emptyAtAll: 'There are no SIP credentials (user names and passwords of phones) yet. Create one, or import many from a file.',
  empty: 'No SIP credentials match. Try another part of a name, or show all realms, results, and applications.',
  loading: 'Loading realms and SIP credentials…',
  loadCancel: 'Canceling keeps what’s already there.',
  checking: 'Checking. Phones aren’t affected, because a check registers nothing.',
  checkBegins: 'Finding the registrar…',
  progress: (/** @type {number} */ accepted, /** @type {number} */ others, /** @type {number} */ left) =>
    `${number(accepted)} accepted, ${number(others)} not, ${number(left)} to go`,
  progressBar: 'Check progress',
  stop: 'Stop',
  none: '–',
  notChecked: 'Not checked',
  labelAndBindings: (/** @type {string} */ label, /** @type {number} */ count) =>
    plural(count, { one: `${label} · 1 registration`, other: `${label} · ${number(count)} registrations` }),
  columnSelect: 'Selected',
  columnUserName: 'User name',
  columnDomain: 'Domain',
  columnRealm: 'Realm',
  columnResult: 'Last check',
  columnApplication: 'Voice application',
  names: {
    userName: 'The phone’s user name',
    realm: 'Realm',
    application: 'Voice application',
    id: 'ID',
    hashes: 'Stored hashes (codes made from the password)'
  },
  close: 'Close',
  checkOne: 'Check the registration',
  unchecked: 'Not checked yet. A check tests the credential and lists registered phones.',
  checkedAt: (/** @type {string} */ when, /** @type {string} */ target) =>
    target ? `Checked ${when} (${target})` : `Checked ${when}`,
  bindingsTitle: 'Registered phones',
  noBindings: 'None: no phone was registered with it when it was checked.',
  binding: (/** @type {string} */ address, /** @type {string} */ time) => `${address}, expiring ${time} after the check`,
  secretTitle: (/** @type {string} */ name) => `Sign in to ${name}`,
  secrets: { api_client: 'Client secret', api_user: 'API password' },
  secretKept: 'It’s saved in this computer’s keychain.',
  secretNotKept: 'It isn’t saved on this computer. The app keeps it until you quit.',
  signIn: 'Sign in',
  signingIn: 'Signing in…',
  signInCancel: 'Canceling changes nothing.'
}
