/** Step 3: the realm. */

export const realm = {
  title: 'Choose a realm',
  titleNew: 'Make a realm',
  lead: 'A realm is the name under which your phones register. Most accounts need only one.',
  choose: 'Realms of this account',
  empty: 'This account has no realm yet. Make its first one here.',
  refresh: 'Look again',
  refreshing: 'Listing the realms…',
  refreshCancel: 'Canceling changes nothing.',
  makeOption: 'Make a new realm',
  makeOptionHint: 'For another office or another group of phones.',
  default: 'Default',
  credentials: (/** @type {number} */ count) =>
    count === 0 ? 'no SIP credentials' : count === 1 ? '1 SIP credential' : `${count} SIP credentials`,
  cannotUse: 'Only an active realm can be used.',
  name: 'Short name',
  nameHint: '1 to 30 lower-case letters and digits. Bandwidth adds the rest of the name.',
  description: 'Description',
  makeDefault: 'Make it the account’s default realm',
  makeDefaultHint: 'Works one way only: later another realm can become the default, but this choice cannot just be taken back.',
  use: 'Use this realm',
  create: 'Make the realm',
  using: 'Looking at the realm…',
  usingCancel: 'Canceling changes nothing at Bandwidth.',
  creating: 'Making the realm…',
  createCancel: 'Canceling stops the waiting. A realm that Bandwidth has already made stays there; you find it in this list.'
}
