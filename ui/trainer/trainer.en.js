/** The texts of the trainer's panel around its faults. */
import { number as digits, plural } from '../texts/numbers.en.js'

export const trainer = {
  title: 'Trainer',
  about: 'Practice only. Keep this window on a screen that the room can’t see.',
  find: 'Find a fault',
  lastsTitle: 'A switch lasts',
  lasts: { until_off: 'Until I switch it off', once: 'For one time' },
  on: (/** @type {number} */ count) =>
    count === 0 ? 'All switches are off'
      : plural(count, { one: '1 switch is on', other: `${digits(count)} switches are on` }),
  reset: 'Reset all switches',
  none: 'No fault matches this. Try another word.',
  onOnce: 'One time',
  onUntilOff: 'On',
  sees: 'The room sees:',
  out: 'Way out:',
  password: 'Password to enter:',
  onlyUntilOff: 'Lasts until you switch it off.',
  closed: 'Practice is closed. Open it again in the main window.',
  groups: {
    most_used: 'Used most',
    sign_in: 'Sign-in',
    realm: 'Realm',
    credential: 'SIP credential',
    hashes: 'Stored hashes',
    registrar: 'Registrar',
    call: 'Call',
    network: 'Network'
  },
  hashesHint: 'At the desk, open the credential named below and choose “Why doesn’t this password work?”'
}
