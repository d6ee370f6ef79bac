/** The check of a registration: its own screen, and what step 5 shows of it. */
import { number, plural } from '../texts/numbers.en.js'

export const check = {
  title: 'Check a registration',
  lead: 'Find out why a phone won’t register. This computer uses the same settings to ask the registrar, the server that phones register with, and explains its answers.',
  practice: 'Check the practice account',
  practiceOff: 'Leave the practice account',
  sampleTitle: 'Practice details',
  sampleText: 'These only work in the practice account.',
  samplePasswordReplaced: 'The one you replaced it with',
  fillIn: 'Copy into the form',

  realm: 'Realm',
  realmHint: 'The full name that the phone registers under, as entered in the phone.',
  userName: 'User name',
  userNameHint: 'As entered in the phone, without the realm.',
  proof: 'What do you have?',
  password: 'Password',
  passwordHint: 'As entered in the phone',
  hash1: 'Hash1',
  hash1Hint: 'A code that Bandwidth stores in place of the password',
  hash1b: 'Hash1b',
  hash1bHint: 'The same code, made for user@realm',
  secretHints: {
    password: 'It isn’t saved: it’s gone once you leave this screen.',
    hash1: '32 digits, 0 to 9 and a to f. As secret as the password.',
    hash1b: '32 digits, 0 to 9 and a to f. As secret as the password.'
  },
  secretKnown: 'Leave empty to use the one from the last check.',

  transport: 'Transport',
  udp: 'UDP',
  udpHint: 'Documented by Bandwidth',
  tcp: 'TCP',
  tcpHint: 'If a network blocks UDP',
  tls: 'TLS',
  tlsHint: 'Encrypted, certificate checked',
  options: 'Check options',
  kind: 'Kind of check',
  full: 'Full check',
  fullHint: 'Registers this computer, usually for 60 seconds. Calls may ring here, too.',
  optionsNow: (/** @type {string} */ kind, /** @type {string} */ address) => `${kind} · ${address}`,
  byDns: 'Address from DNS',
  query: 'Check without registering',
  queryHint: 'Proves the credential and lists registered phones. Phones aren’t affected.',
  address: 'Registrar address',
  addressHint: 'Leave it empty, and the app finds it. Or enter a host, host:port, or SIP address.',
  check: 'Check now',
  checkAgain: 'Check again',
  checking: 'Asking the registrar…',
  checkCancel: 'Canceling removes this computer’s registration again.',
  lookCancel: 'Canceling changes nothing.',

  evidence: 'What the check found',
  askedAt: 'Registrar address',
  acceptedAs: 'Accepted user name',
  seenAs: 'Seen by the registrar as',
  seenAsFrom: (/** @type {string} */ seen, /** @type {string} */ local) => `${seen} (${local} on this computer)`,
  nat: 'Address translation (NAT)',
  alg: 'SIP ALG (router setting)',
  took: 'Duration',
  ownBinding: 'This computer’s registration',
  bindings: 'Listed by the registrar',
  noBindings: 'Nothing: no phone was registered with this credential.',
  fullTitle: 'Register this computer for the check?',
  fullText: 'While it’s registered, usually for a moment, calls may also ring here. The registration is removed right away. If a phone could be signed out by it, you’re asked first.',
  fullConfirm: 'Start the full check',
  bindingAddress: 'Address',
  bindingExpires: 'Expires',
  expiresIn: (/** @type {string} */ time) => `in ${time}`,
  bindingOurs: 'this computer',
  targets: 'Addresses tried',
  targetsHint: 'In the order that DNS asks for. The result above says what to do.',
  dns: 'DNS: the account’s records and this computer’s',
  dnsHint: 'What Bandwidth publishes for the account, compared with what this computer finds.',
  dnsAccount: 'In the account',
  dnsHere: 'Found from here',
  dnsMissing: 'Missing',
  saveTitle: 'Save this check',
  saveHint: 'For a ticket. Passwords and proofs are left out of each file.',
  saveText: 'Save as text…',
  saveSvg: 'Save as drawing (SVG)…',
  savePcapng: 'Save for Wireshark (pcapng)…',
  saved: (/** @type {string} */ path) => `Saved as ${path}`,
  notSaved: 'Nothing was saved.',

  againTitle: 'Ping or repeat the check',
  ping: 'Send 5 pings',
  pingHint: 'Asks the registrar 5 times whether it’s there, and measures how long the answers take.',
  pinging: 'Pinging the registrar…',
  pingLost: 'no answer',
  pingWords: (/** @type {string} */ least, /** @type {string} */ middle, /** @type {string} */ most) =>
    `Fastest ${least}, median ${middle}, slowest ${most}.`,
  pingAllCame: (/** @type {number} */ sent) =>
    plural(sent, { one: '1 ping was sent, and it was answered.', other: `All ${number(sent)} pings were answered.` }),
  pingSomeCame: (/** @type {number} */ came, /** @type {number} */ sent) =>
    plural(sent, { one: '1 ping was sent, and it wasn’t answered.', other: `${number(came)} of ${number(sent)} pings were answered.` }),
  watch: 'Start repeated check',
  stopWatch: 'Stop repeated check',
  every: 'Repeat every',
  everyUnit: 'seconds',
  everyProblem: `Enter a whole number of seconds from ${number(5)} to ${number(3600)}.`,
  watchBegins: 'Starting the first check…',
  watchStopped: 'The repeated check has stopped.',
  strip: 'History, newest check last',
  earlier: (/** @type {number} */ count) => `${number(count)} earlier`,
  look: (/** @type {string} */ clock, /** @type {string} */ sentence, /** @type {string} */ took) =>
    `${clock}: ${sentence} (${took})`,
  lookSigned: (/** @type {string} */ sign, /** @type {string} */ look) => `${sign}. ${look}`,
  looks: (/** @type {number} */ count, /** @type {string} */ since) =>
    plural(count, { one: `1 check, at ${since}.`, other: `${number(count)} checks since ${since}.` }),
  looksRegistered: (/** @type {number} */ count) => plural(count, {
    one: '1 address was registered at the last check.',
    other: `${number(count)} addresses were registered at the last check.`
  }),
  looksBad: (/** @type {number} */ bad) => `${number(bad)} failed.`,
  looksWait: (/** @type {number} */ wait) =>
    plural(wait, { one: '1 needs attention.', other: `${number(wait)} need attention.` }),
  looksGood: 'All of them worked.',
  changes: 'When it changed'
}

export const question = {
  realmTitle: 'Answer for another realm?',
  realmText: (/** @type {string} */ host, /** @type {string} */ realm) =>
    `${host} asks for the realm ${realm}, which isn’t this credential’s realm. Answer it with this password?`,
  realmList: [
    'The password itself isn’t sent, but whoever gets the answer can try to guess it. A weak password is found quickly.',
    'Answer only if you know whose realm this is, such as your own PBX or proxy.'
  ],
  realmNote: 'The app remembers this until you quit it.',
  realmYes: 'Send an answer',
  replaceTitle: 'Register even though a phone may be signed out?',
  replaceText: 'These are registered now. If the registrar allows only one registration, this check signs them out.',
  replaceUnknown: 'The registrar doesn’t say which phones are registered. If it allows only one registration, this check signs out the phone.',
  replaceNote: 'A phone that’s signed out gets no calls until it registers again, often after up to an hour. Checking without registering signs out nothing.',
  replaceYes: 'Start the full check anyway',
  forbiddenTitle: 'Register even though the check was refused?',
  forbiddenAnswered: 'The registrar answered 403 to this user name and password. If they’re wrong, it most likely refuses a registration too, which can count as another failed attempt. If it only refuses checks that register nothing, it may accept a registration, and a phone may be signed out.',
  forbiddenUnasked: 'The registrar answered 403 before it asked for the password, so nothing is known about it. If it only refuses checks that register nothing, it may accept a registration, and a phone may be signed out.'
}

export const messageChart = {
  title: 'Message chart',
  desc: (/** @type {number} */ count) => plural(count, {
    one: 'Message chart: 1 message between this computer and the registrar.',
    other: `Message chart: ${number(count)} messages between this computer and the registrar, in order.`
  }),
  computer: 'This computer',
  registrar: 'Registrar',
  sent: '(sent by this computer)',
  received: '(sent by the registrar)',
  // What the drawing says must follow at once, or the name is no longer that of what is seen.
  after: (/** @type {string} */ gap) => `After ${gap}:`,
  gap: (/** @type {string} */ gap) => `+${gap}`,
  target: (/** @type {number} */ index) => `Address ${number(index)}`,
  message: 'Full message',
  pickMessage: 'Choose a line to see the full message.'
}
