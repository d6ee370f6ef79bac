/** The texts of the desk, in English. */
const plural = (/** @type {number} */ count, /** @type {string} */ one, /** @type {string} */ many) =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`

export const desk = {
  title: 'SIP credentials',
  rail: 'Accounts and realms',
  accounts: 'Accounts',
  openNow: 'Open',
  realms: 'Realms',
  allRealms: 'All realms',
  count: (/** @type {number} */ count) => count.toLocaleString('en'),
  countOf: (/** @type {number} */ loaded, /** @type {number} */ listed) =>
    `${loaded.toLocaleString('en')} of ${listed.toLocaleString('en')}`,
  find: 'Find',
  findHint: 'A part of a user name, domain, realm or voice application. Press / to come here.',
  result: 'Last check',
  results: {
    any: 'Any result',
    unchecked: 'Not checked',
    accepted: 'Accepted',
    not_accepted: 'Not accepted',
    registered: 'A phone is registered'
  },
  application: 'Voice application',
  applications: { any: 'With or without', with: 'With one', without: 'With none' },
  rate: 'REGISTERs a second',
  rateHint: '1 to 50, for this account',
  refresh: 'Refresh',
  refreshHint: 'F5',
  ageUnknown: 'Loaded before the clock was set back',
  age: (/** @type {number} */ minutes) => {
    if (minutes < 1) {
      return 'Loaded just now'
    }
    return minutes < 120
      ? `Loaded ${plural(minutes, 'minute', 'minutes')} ago`
      : `Loaded ${Math.floor(minutes / 60)} hours ago`
  },
  checkSelected: (/** @type {number} */ count) =>
    count === 0 ? 'Check selected' : `Check ${count.toLocaleString('en')} selected`,
  checkShown: (/** @type {number} */ count) =>
    count < 2 ? 'Check what is shown' : `Check all ${count.toLocaleString('en')} shown`,
  selectAll: 'Select all shown',
  selectNone: 'Select none',
  shown: (/** @type {number} */ total, /** @type {number} */ selected) =>
    `${total.toLocaleString('en')} shown · ${selected.toLocaleString('en')} selected`,
  keys: 'Arrows, Page Up and Page Down move. Space selects, Shift stretches, Ctrl+A selects all shown. Enter opens. C checks one that was not checked, F finds out why one is not accepted.',
  ways: { check: 'Check', fix: 'Fix' },
  emptyAtAll: 'There is no SIP credential yet. Make one with ‘New credential’, or many from a file with ‘Import…’.',
  empty: 'No SIP credential fits. Find another part of a name, or show all realms, results and applications.',
  loading: 'Loading the realms and SIP credentials…',
  loadCancel: 'Canceling keeps what is there.',
  checking: 'Checking. Phones are not disturbed: a check binds nothing.',
  checkBegins: 'Looking for the registrar…',
  progress: (/** @type {number} */ accepted, /** @type {number} */ others, /** @type {number} */ left) =>
    `${accepted.toLocaleString('en')} accepted, ${others.toLocaleString('en')} not, ${left.toLocaleString('en')} to go`,
  progressBar: 'How many are checked',
  stop: 'Stop',
  none: '–',
  notChecked: 'Not checked',
  bindings: (/** @type {number} */ count) => plural(count, 'binding', 'bindings'),
  columnSelect: 'Selected',
  columnUserName: 'User name',
  columnDomain: 'Domain',
  columnRealm: 'Realm',
  columnResult: 'Last check',
  columnApplication: 'Voice application',
  names: {
    userName: 'User name of the phone',
    realm: 'Realm',
    application: 'Voice application',
    id: 'Id',
    hashes: 'Stored hashes'
  },
  close: 'Close',
  checkOne: 'Check',
  unchecked: 'Not checked yet. A check proves the stored hash and lists the bindings; it adds none.',
  checkedAt: (/** @type {string} */ when, /** @type {string} */ target) =>
    target ? `Checked ${when}, ${target}` : `Checked ${when}`,
  bindingsTitle: 'Registered phones',
  noBindings: 'None: no phone is registered with it.',
  binding: (/** @type {string} */ address, /** @type {string} */ time) => `${address}, for ${time} at the time of the check`,
  secretTitle: (/** @type {string} */ name) => `Sign in to ${name}`,
  secrets: { api_client: 'Client secret', api_user: 'API password' },
  secretKept: 'It is put into this computer’s keychain.',
  secretNotKept: 'This computer does not remember it; it is kept until the app is quit.',
  signIn: 'Sign in',
  signingIn: 'Signing in…',
  signInCancel: 'Canceling changes nothing.'
}
