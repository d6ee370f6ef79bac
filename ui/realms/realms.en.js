/** The realms at the support desk. */
import { number, plural } from '../texts/numbers.en.js'

export const realms = {
  title: 'Realms',
  lead: 'A realm is the name that phones register under. One of them is the account’s default.',
  manage: 'Open realms',
  make: 'Create a realm',
  credentials: 'Show SIP credentials',
  none: 'This account has no realm yet. Create its first one.',
  count: (/** @type {number} */ count) => count === 0
    ? 'No SIP credentials'
    : plural(count, { one: '1 SIP credential', other: `${number(count)} SIP credentials` }),
  noDescription: 'No description',
  default: 'Default',
  show: 'Show its SIP credentials',
  describe: 'Replace description…',
  makeDefault: 'Make default',
  remove: 'Delete…',
  describeTitle: 'Description of this realm',
  nameStays: 'A realm’s name can’t be changed, because the stored hashes (codes made from passwords) depend on it. For another name, create a new realm with its own SIP credentials, then delete this one.',
  save: 'Save the description',
  defaultTitle: 'Make this realm the default?',
  defaultText: 'A SIP credential that names no realm is then created in this one. The current default realm stops being the default, and its phones aren’t affected.',
  deleteTitle: 'Delete this realm?',
  deleteText: 'It’s gone for good, and so is its name in DNS. A realm that’s created again under the same name is a different one.',
  typed: 'Type the realm’s full name to delete it',
  deleteConfirm: 'Delete the realm',
  looking: 'Listing realms…',
  lookCancel: 'Canceling changes nothing.',
  changing: 'Reading the realm once more, then changing it…',
  changeCancel: 'Canceling changes nothing before the change is sent. After that, the app waits for the answer.',
  deleting: 'Deleting the realm…',
  deleteCancel: 'Canceling stops the waiting. A deletion that was already requested continues at Bandwidth.'
}
