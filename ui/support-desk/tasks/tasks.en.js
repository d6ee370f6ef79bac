/** The texts for one SIP credential at the desk, in English. */
export const credentials = {
  back: 'Back to the list',
  busy: 'Something is still running. Wait until it has ended, or stop it.',
  make: 'New credential',
  why: 'Why does this password not work?',
  newPassword: 'New password',
  move: 'Change application',
  remove: 'Delete',
  actions: 'What to do with it',

  newTitle: 'New SIP credential',
  newLead: 'Bandwidth never sees the password, only two hashes that are made from it on this computer.',
  realm: 'Realm',
  newSubmit: 'Make the credential',
  creating: 'Making the SIP credential…',
  createCancel: 'Canceling stops before the next request. A credential that Bandwidth has already made stays there.',
  looking: 'Looking for the one that is there…',
  lookCancel: 'Canceling changes nothing.',
  showExisting: 'Show the one that is there',

  whyLead: (/** @type {string} */ name, /** @type {string} */ realm) =>
    `Type the password that the phone of ${name} in ${realm} uses. It is compared on this computer with the hashes that Bandwidth has; it is sent nowhere.`,
  whyPassword: 'Password that the phone uses',
  whyHint: 'Letter by letter as it stands in the phone, spaces too.',
  compare: 'Compare',
  comparing: 'Reading the stored hashes and comparing…',
  repair: 'Replace the stored password…',
  repairing: 'Storing right hashes, and reading them back…',
  repairCancel: 'Canceling stops before the next request. What was sent already stays.',
  checkNow: 'Check it',

  passwordTitle: (/** @type {string} */ name) => `New password for ${name}`,
  passwordLead: 'First look what stops working. Then choose the new password; the next page has the values for the phone.',
  passwordSubmit: 'Replace the password…',
  replaceTitle: (/** @type {string} */ name) => `Replace the password of ${name}?`,
  replaceText: 'Bandwidth will accept only the password that you entered. A phone that uses another one can’t register anymore.',
  replaceYes: 'Replace the password',
  giving: 'Storing the new password’s two hashes, and reading them back…',

  phones: 'Phones that are registered now',
  asking: 'Asking the registrar which phones are registered…',
  phoneStops: (/** @type {string} */ address) => `The phone at ${address} stops working at its next refresh.`,
  noPhones: 'None: no phone is registered with it, so none stops working.',
  phonesUnknown: (/** @type {string} */ sentence) =>
    `Not known. ${sentence} A phone that is registered stops working at its next refresh.`,

  moveTitle: (/** @type {string} */ name) => `Voice application of ${name}`,
  moveLead: 'Its hashes, and so its password, stay as they are. The answer is read back.',
  moveNow: 'Now',
  application: 'New voice application ID',
  applicationHint: '36 letters, digits and dashes. Leave it empty for none.',
  moveSubmit: 'Move it',
  moving: 'Moving it, and reading it back…',

  deleteTitle: (/** @type {string} */ name) => `Delete ${name}`,
  deleteLead: 'It cannot be brought back: its hashes are deleted with it.',
  deleteName: (/** @type {string} */ name) => `Type ${name} to delete it`,
  deleteSubmit: 'Delete it',
  deleting: 'Reading it once more, then deleting it…',

  export: 'Export as CSV',
  exportTitle: 'Export the list as CSV',
  exportLead: 'User name, domain, realm, voice application and Id of each. No password and no hash is in it.',
  exportWhich: 'Which SIP credentials',
  exportAll: (/** @type {number} */ count) => `All ${count.toLocaleString('en')} that are loaded`,
  exportShown: (/** @type {number} */ count) => `The ${count.toLocaleString('en')} that the list shows now`,
  exportSelected: (/** @type {number} */ count) => `The ${count.toLocaleString('en')} that are selected`,
  exportSubmit: 'Choose where to save it',

  settingsTitle: 'Put this into the phone',
  settingsLead: 'The password is kept until this page is left, and nowhere else.',
  done: 'Done'
}
