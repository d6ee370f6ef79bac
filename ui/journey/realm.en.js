/** Step 3: the realm. */
import { number, plural } from '../texts/numbers.en.js'

export const realm = {
  title: 'Choose a realm',
  titleNew: 'Create a realm',
  lead: 'A realm is the name that your phones register under. Most accounts need only one.',
  choose: 'Realms in this account',
  empty: 'This account has no realm yet. Create its first one here.',
  refresh: 'Refresh',
  refreshing: 'Listing realms…',
  refreshCancel: 'Canceling changes nothing.',
  makeOption: 'Create a new realm',
  makeOptionHint: 'For another office or another group of phones.',
  default: 'Default',
  credentials: (/** @type {number} */ count) => count === 0
    ? 'No SIP credentials'
    : plural(count, { one: '1 SIP credential', other: `${number(count)} SIP credentials` }),
  cannotUse: 'You can only use an active realm',
  name: 'Short name',
  nameHint: '1 to 30 lowercase letters and digits. Bandwidth adds the rest of the name.',
  description: 'Description',
  makeDefault: 'Make this the account’s default realm',
  makeDefaultHint: 'Used when no realm is named. To undo this, make another realm the default.',
  use: 'Continue with this realm',
  create: 'Create the realm',
  using: 'Reading the realm…',
  usingCancel: 'Canceling changes nothing at Bandwidth.',
  creating: 'Creating the realm…',
  createCancel: 'Canceling stops the waiting. If Bandwidth has already created the realm, it stays and appears in this list.'
}
