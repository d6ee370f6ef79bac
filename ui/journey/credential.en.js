/** Step 4: the SIP credential. */
import { number, plural } from '../texts/numbers.en.js'

export const credential = {
  title: 'Create a SIP credential',
  lead: 'The user name and password that your phone registers with. Bandwidth never sees the password, only 2 hashes (codes that this computer makes from it).',
  userName: 'User name',
  userNameHint: 'Such as frontdesk. Letters and digits are safest.',
  password: 'Password',
  passwordHint: 'Generate one, or enter your own.',
  passwordMade: 'Generated password',
  make: 'Generate',
  makeAnother: 'Generate another',
  typeOwn: 'Choose my own',
  characters: (/** @type {number} */ count) =>
    plural(count, { one: '1 character', other: `${number(count)} characters` }),
  madeNote: 'You can copy it on the next page, too.',
  strength: { weak: 'Weak', fair: 'Fair', strong: 'Strong' },
  strengthNote: {
    weak: 'Easy to guess: whoever guesses it can make calls at your expense.',
    fair: 'Longer is better: 16 characters or more.',
    strong: 'Hard to guess.'
  },
  domain: 'Domain',
  domainHint: 'Makes the phone’s user name user@domain. Leave it empty unless you need it.',
  more: 'More options',
  applicationId: 'Voice application ID',
  applicationIdHint: 'Sends this phone’s calls to a voice application. 36 letters, digits, and dashes.',
  hashes: 'How the hashes are made',
  hashesHint: 'As secret as the password: anyone with Hash1 can register.',
  hashesEmpty: 'Enter a user name and generate a password to see this.',
  hash1: 'Hash1',
  hash1b: 'Hash1b',
  showDigits: 'Show the hashes',
  hideDigits: 'Hide the hashes',
  realm: 'Realm',
  submit: 'Create the SIP credential',
  working: 'Creating the SIP credential…',
  cancelSays: 'Canceling stops before the next request. If Bandwidth has already created the SIP credential, it stays.',
  useExisting: 'Continue with the existing one',
  replace: 'Replace its password…',
  replaceTitle: (/** @type {string} */ name) => `Replace the password of ${name}?`,
  replaceText: 'This SIP credential already exists, and a phone may be using it. A phone with the old password stops working the next time it registers, until you enter the new one in it.',
  replaceYes: 'Replace the password'
}
