/** One SIP credential at the support desk. */
import { number } from '../../texts/numbers.en.js'

export const credentials = {
  back: 'Back to the list',
  busy: 'Something is still running. Wait until it’s done, or stop it.',
  make: 'Create SIP credential',
  why: 'Show why a password fails…',
  newPassword: 'Replace password…',
  move: 'Choose application…',
  remove: 'Delete…',
  actions: 'Actions',

  newTitle: 'Create a SIP credential',
  newLead: 'Bandwidth never sees the password, only 2 hashes (codes that this computer makes from it).',
  realm: 'Realm',
  newSubmit: 'Create the SIP credential',
  creating: 'Creating the SIP credential…',
  createCancel: 'Canceling stops before the next request. If Bandwidth has already created the SIP credential, it stays.',
  looking: 'Finding the existing one…',
  lookCancel: 'Canceling changes nothing.',
  showExisting: 'Show the existing one',

  whyTitle: 'Why doesn’t this password work?',
  whyLead: (/** @type {string} */ name, /** @type {string} */ realm) =>
    `Enter the password that the phone of ${name} in ${realm} uses. This computer compares it with the hashes (codes made from a password) that Bandwidth stores. It isn’t sent anywhere.`,
  whyPassword: 'The phone’s password',
  whyHint: 'Letter by letter, exactly as it’s entered in the phone, including spaces.',
  compare: 'Check the password',
  comparing: 'Reading the stored hashes and comparing…',
  repair: 'Replace the stored password…',
  repairing: 'Replacing the stored hashes, then reading them back…',
  repairCancel: 'Canceling stops before the next request. What was already sent stays.',
  checkNow: 'Check the registration',

  passwordTitle: (/** @type {string} */ name) => `New password for ${name}`,
  passwordLead: 'First see what stops working. Then choose the new password. The next page has the settings for the phone.',
  passwordSubmit: 'Replace the password…',
  replaceTitle: (/** @type {string} */ name) => `Replace the password of ${name}?`,
  replaceText: 'Bandwidth will accept only this new password. A phone that uses another one can’t register anymore.',
  replaceYes: 'Replace the password',
  giving: 'Saving the new password’s 2 hashes, then reading them back…',

  phones: 'Phones registered now',
  asking: 'Asking the registrar which phones are registered…',
  phoneStops: (/** @type {string} */ address) => `The phone at ${address} stops working the next time it registers.`,
  noPhones: 'None: no phone is registered with it, so none stops working.',
  phonesUnknown: (/** @type {string} */ sentence) =>
    `We don’t know. ${sentence} If a phone is registered, it stops working the next time it registers.`,

  moveTitle: (/** @type {string} */ name) => `Voice application of ${name}`,
  moveLead: 'The password stays the same. The app reads the change back from Bandwidth.',
  moveNow: 'Current application',
  application: 'New voice application ID',
  applicationHint: '36 letters, digits, and dashes. Leave it empty for none.',
  moveSubmit: 'Save the application',
  moving: 'Saving the application, then reading it back…',

  deleteTitle: (/** @type {string} */ name) => `Delete ${name}`,
  deleteLead: 'This can’t be undone: its hashes (what Bandwidth stores in place of the password) are deleted with it.',
  deleteName: (/** @type {string} */ name) => `Type ${name} to delete it`,
  deleteSubmit: 'Delete the SIP credential',
  deleting: 'Reading it once more, then deleting it…',

  export: 'Export as CSV…',
  exportTitle: 'Export the list as CSV',
  exportLead: 'User name, domain, realm, voice application, and ID of each. Passwords and hashes aren’t included.',
  exportWhich: 'Which SIP credentials',
  exportAll: (/** @type {number} */ count) => `All ${number(count)} loaded`,
  exportShown: (/** @type {number} */ count) => `The ${number(count)} shown in the list`,
  exportSelected: (/** @type {number} */ count) => `The ${number(count)} selected`,
  exportSubmit: 'Choose where to save it…',

  settingsTitle: 'Enter these settings in the phone',
  settingsLead: 'The password is kept until you leave this page, and nowhere else.',
  done: 'Close'
}
