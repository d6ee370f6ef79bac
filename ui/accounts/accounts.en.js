/** The accounts on this computer. */

export const accounts = {
  title: 'Accounts',
  lead: 'The Bandwidth accounts that this computer knows. Their secrets are in its keychain and nowhere else.',
  none: 'No account is kept on this computer yet. Add one, or practice at the desk meanwhile: its account is made up.',
  line: (/** @type {string} */ number, /** @type {string} */ method, /** @type {string} */ user, /** @type {string} */ environment) =>
    `Account ${number} · ${method} ${user} · ${environment}`,
  states: { signedIn: 'Signed in', signedOut: 'Not signed in', asked: 'Asks for its secret' },
  add: 'Add an account',
  importList: 'Import a list…',
  exportList: 'Export the list…',
  importing: 'Choose the file of accounts.',
  exporting: 'Choose where to save the list. It holds no secret.',
  exported: (/** @type {string} */ path) => `Saved as ${path}. It holds no secret.`,
  setUp: 'Set up a phone',
  edit: 'Change',
  signOut: 'Sign out…',
  signOutTitle: (/** @type {string} */ name) => `Sign out of ${name}?`,
  signOutDeletes: (/** @type {string} */ secret) =>
    `This deletes the ${secret} from this computer’s keychain. You’ll need it to sign in again.`,
  signOutForgets: (/** @type {string} */ secret) =>
    `The ${secret} isn’t saved on this computer. You’ll need it to sign in again.`,
  signOutKeeps: 'Nothing changes at Bandwidth, and phones keep working.',
  signOutConfirm: 'Sign out',
  deleteSecret: 'Delete its secret…',
  deleteSecretTitle: (/** @type {string} */ secret, /** @type {string} */ name) => `Delete the ${secret} of ${name}?`,
  deleteSecretConfirm: 'Delete the secret',
  secrets: { api_client: 'client secret', api_user: 'API password' },
  forget: 'Forget this account',
  forgetTitle: (/** @type {string} */ name) => `Forget ${name}?`,
  forgetText: 'This removes from this computer:',
  forgetKeeps: 'Nothing changes at Bandwidth: the realms and SIP credentials stay, and phones go on working.',
  forgetConfirm: 'Forget this account',
  forgetUnfinished: 'Give its jobs up and forget it',
  formNew: 'Add an account',
  formOf: (/** @type {string} */ name) => `Change ${name}`,
  formLead: 'What is typed here stays on this computer. Checking signs in to Bandwidth and changes nothing there.',
  saveChecked: 'Check and save',
  saveUnchecked: 'Save without checking',
  checking: 'Signing in and listing the realms…',
  saving: 'Saving…',
  saveCancel: 'Canceling saves nothing.',
  listTitle: 'Import accounts',
  listLead: (/** @type {string} */ file) =>
    `What ${file} holds, and what taking it would do. Nothing is taken yet, and nothing is replaced unless you choose it.`,
  listedLine: (/** @type {number} */ place, /** @type {string} */ number, /** @type {string} */ user) =>
    `Row ${place} · Account ${number || '–'} · ${user || '–'}`,
  listedRows: { new: 'New', known: 'There already', renames: 'Another name', refused: 'Cannot be taken' },
  unnamed: 'Without a name',
  take: (/** @type {number} */ count) => (count === 1 ? 'Take 1 account' : `Take ${count} accounts`)
}
