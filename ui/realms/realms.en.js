/** The realms at the desk. */

export const realms = {
  title: 'Realms',
  lead: 'A realm is the name under which phones register. One of them is the account’s default.',
  manage: 'Manage',
  make: 'Make a realm',
  credentials: 'SIP credentials',
  none: 'This account has no realm yet. Make its first one.',
  count: (/** @type {number} */ count) =>
    count === 0 ? 'No SIP credentials' : count === 1 ? '1 SIP credential' : `${count.toLocaleString('en')} SIP credentials`,
  noDescription: 'No description',
  default: 'Default',
  show: 'Show its SIP credentials',
  describe: 'Describe',
  makeDefault: 'Make default',
  remove: 'Delete',
  describeTitle: 'Describe this realm',
  nameStays: 'A realm’s name cannot be changed: the stored hashes are made of it. Make a new realm, make its SIP credentials there, then delete this one.',
  save: 'Save the description',
  defaultTitle: 'Make this realm the default?',
  defaultText: 'A SIP credential that names no realm is then made on it. The realm that is the default so far stops being that; its phones notice nothing.',
  deleteTitle: 'Delete this realm?',
  deleteText: 'It goes for good, and with it its name in DNS. A realm that is made again under the same name is another one.',
  typed: 'Type the realm’s full name to delete it',
  deleteConfirm: 'Delete the realm',
  looking: 'Listing the realms…',
  lookCancel: 'Canceling changes nothing.',
  changing: 'Looking at the realm once more, then changing it…',
  changeCancel: 'Canceling before it is sent changes nothing; afterwards the answer is waited for.',
  deleting: 'Deleting the realm…',
  deleteCancel: 'Canceling stops the waiting. A deletion that was asked for goes on at Bandwidth.'
}
