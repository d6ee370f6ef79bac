/** Work on many SIP credentials at the support desk. */
import { number, plural } from '../../texts/numbers.en.js'

export const many = {
  passwords: (/** @type {number} */ count) =>
    plural(count, { one: 'Replace 1 password…', other: `Replace ${number(count)} passwords…` }),
  remove: (/** @type {number} */ count) =>
    plural(count, { one: 'Delete 1 credential…', other: `Delete ${number(count)} credentials…` }),

  stops: 'What stops working',
  phones: 'Registered phones',
  known: {
    registered: (/** @type {number} */ count) => plural(count, {
      one: '1 of them has a registered phone. It stops working the next time it registers.',
      other: `${number(count)} of them have registered phones. They stop working the next time they register.`
    }),
    free: (/** @type {number} */ count) => plural(count, {
      one: '1 of them has no registered phone.',
      other: `${number(count)} of them have no registered phones.`
    }),
    unknown: (/** @type {number} */ count) => plural(count, {
      one: 'We don’t know about 1 of them: it wasn’t checked, or its last check was inconclusive. If a phone is registered, it stops working the next time it registers.',
      other: `We don’t know about ${number(count)} of them: they weren’t checked, or their last check was inconclusive. If a phone is registered, it stops working the next time it registers.`
    })
  },
  phone: (/** @type {string} */ name, /** @type {string} */ address) => `${name}: ${address}`,
  more: (/** @type {number} */ count) => plural(count, { one: '1 more phone', other: `${number(count)} more phones` }),
  checkedAt: (/** @type {string} */ when) => `This is what the checks found. The oldest check ran ${when}.`,
  checkFirst: 'Check which phones disconnect',
  checkFirstHint: 'Checking doesn’t affect phones.',
  checked: (/** @type {number} */ done, /** @type {number} */ total) => `${number(done)} of ${number(total)} checked.`,
  checkCancel: 'Canceling keeps what was found.',

  safe: 'You can pause the job. It can continue where it stopped, even after a power cut. At the end, a result file has a line for each.',
  beginning: 'Saving the plan…',
  begun: 'The job has started. The bar above the list shows its progress.',
  nothingBegun: 'No file was chosen, so nothing was started.',

  passwordsTitle: (/** @type {number} */ count) => plural(count, {
    one: 'New password for 1 SIP credential',
    other: `New passwords for ${number(count)} SIP credentials`
  }),
  passwordsLead: 'The app generates a password for each, and writes it to a file that you choose.',
  passwordsFile: 'Each password is in that file before its request is sent, and only you can read the file. Keep it safe, and delete it once the phones have their passwords.',
  passwordsSubmit: 'Choose a file and start…',

  deleteTitle: (/** @type {number} */ count) => plural(count, {
    one: 'Delete 1 SIP credential',
    other: `Delete ${number(count)} SIP credentials`
  }),
  deleteLead: 'This can’t be undone: their hashes (what Bandwidth stores in place of passwords) are deleted with them.',
  deleteCount: (/** @type {number} */ count) =>
    plural(count, { one: 'Type 1 to delete it', other: `Type ${number(count)} to delete them` }),
  deleteSubmit: 'Delete the SIP credentials',

  anew: 'Delete and create it again…',
  anewTitle: 'Delete it and create it again?',
  anewText: 'It’s created again with the same hashes, so phones keep their password. Its ID changes, and phones aren’t registered until their next refresh. The app keeps a journal, so that it’s created again even after a power cut.',
  anewYes: 'Delete and create it again'
}
