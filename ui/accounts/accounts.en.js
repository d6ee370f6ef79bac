/** The accounts on this computer. */
import { number as digits, plural } from '../texts/numbers.en.js'

export const accounts = {
  title: 'Accounts',
  lead: 'The Bandwidth accounts saved on this computer. Their secrets are in its keychain (its store for passwords) and nowhere else.',
  none: 'No accounts are saved on this computer yet. Add one, or practice at the support desk with a made-up account.',
  line: (/** @type {string} */ number, /** @type {string} */ method, /** @type {string} */ user, /** @type {string} */ environment) =>
    `Account ${number} · ${method} ${user} · ${environment}`,
  states: { signedIn: 'Signed in', signedOut: 'Not signed in', asked: 'Secret not saved' },
  add: 'Add an account',
  importList: 'Import a list…',
  exportList: 'Export the list…',
  importing: 'Choose the file of accounts.',
  exporting: 'Choose where to save the list. It contains no secrets.',
  exported: (/** @type {string} */ path) => `Saved without secrets as ${path}`,
  setUp: 'Set up a phone',
  edit: 'Open settings',
  signOut: 'Sign out…',
  signOutTitle: (/** @type {string} */ name) => `Sign out of ${name}?`,
  signOutDeletes: {
    api_client: 'This deletes the client secret from this computer’s keychain. You’ll need it to sign in again.',
    api_user: 'This deletes the API password from this computer’s keychain. You’ll need it to sign in again.'
  },
  signOutForgets: {
    api_client: 'The client secret isn’t saved on this computer. You’ll need it to sign in again.',
    api_user: 'The API password isn’t saved on this computer. You’ll need it to sign in again.'
  },
  signOutKeeps: 'Nothing changes at Bandwidth, and phones keep working.',
  signOutConfirm: 'Sign out',
  deleteSecret: 'Delete its secret…',
  deleteSecretTitle: {
    api_client: (/** @type {string} */ name) => `Delete the client secret of ${name}?`,
    api_user: (/** @type {string} */ name) => `Delete the API password of ${name}?`
  },
  deleteSecretConfirm: 'Delete the secret',
  forget: 'Remove this account…',
  forgetTitle: (/** @type {string} */ name) => `Remove ${name}?`,
  forgetText: 'This deletes from this computer:',
  forgetKeeps: 'Nothing changes at Bandwidth: the realms and SIP credentials stay, and phones keep working.',
  forgetConfirm: 'Remove this account',
  forgetUnfinished: 'Cancel jobs and remove account',
  formNew: 'Add an account',
  formOf: (/** @type {string} */ name) => `Settings for ${name}`,
  formLead: 'What you enter here stays on this computer. Checking signs in to Bandwidth and changes nothing there.',
  saveChecked: 'Check and save',
  saveUnchecked: 'Save without checking',
  checking: 'Signing in and listing realms…',
  saving: 'Saving…',
  saveCancel: 'Canceling saves nothing.',
  listTitle: 'Import accounts',
  listLead: (/** @type {string} */ file) =>
    `What ${file} contains, and what importing it would do. Nothing is imported yet, and nothing is replaced unless you choose it.`,
  listedLine: (/** @type {number} */ place, /** @type {string} */ number, /** @type {string} */ user) =>
    `Row ${digits(place)} · Account ${number || '–'} · ${user || '–'}`,
  listedRows: { new: 'New', known: 'Already here', renames: 'Different name', refused: 'Can’t be imported' },
  unnamed: 'No name',
  take: (/** @type {number} */ count) =>
    plural(count, { one: 'Import 1 account', other: `Import ${digits(count)} accounts` })
}
