/** The texts for work on many SIP credentials at the desk, in English. */
const number = (/** @type {number} */ count) => count.toLocaleString('en')
const those = (/** @type {number} */ count) => `${number(count)} SIP ${count === 1 ? 'credential' : 'credentials'}`

export const many = {
  passwords: (/** @type {number} */ count) => `New passwords (${number(count)})`,
  remove: (/** @type {number} */ count) => `Delete (${number(count)})`,

  stops: 'What stops working',
  phones: 'Registered phones',
  known: {
    registered: (/** @type {number} */ count) => count === 1
      ? 'With 1 of them a phone is registered. It stops working at its next refresh.'
      : `With ${number(count)} of them phones are registered. They stop working at their next refresh.`,
    free: (/** @type {number} */ count) => `With ${number(count)} of them no phone is registered.`,
    unknown: (/** @type {number} */ count) =>
      `Of ${number(count)} it is not known: ${count === 1 ? 'its' : 'their'} last check did not tell, or there was none. A phone that is registered stops working at its next refresh.`
  },
  phone: (/** @type {string} */ name, /** @type {string} */ address) => `${name}: ${address}`,
  more: (/** @type {number} */ count) => `and ${number(count)} more`,
  checkedAt: (/** @type {string} */ when) => `As the checks found, the oldest of them ${when}.`,
  checkFirst: 'Check them first',
  checkFirstHint: 'Phones are not disturbed.',
  checked: (/** @type {number} */ done, /** @type {number} */ total) => `${number(done)} of ${number(total)} are checked.`,
  checkCancel: 'Canceling keeps what was found.',

  safe: 'It may be paused, and goes on where it stopped, also after a power cut. At the end a result file has a line for each.',
  beginning: 'Writing down what is to be done…',
  begun: 'It has begun. The strip above the list says how far it is.',
  nothingBegun: 'No file was chosen, so nothing was begun.',

  passwordsTitle: (/** @type {number} */ count) => `New passwords for ${those(count)}`,
  passwordsLead: 'The app makes a password for each, and writes it into a file that you choose.',
  passwordsFile: 'Each password is in that file before its request leaves, and only you can read the file. Keep it safe, and delete it once the phones have theirs.',
  passwordsSubmit: 'Choose the file and begin…',

  deleteTitle: (/** @type {number} */ count) => `Delete ${those(count)}`,
  deleteLead: 'They cannot be brought back: their hashes are deleted with them.',
  deleteCount: (/** @type {number} */ count) => `Type ${number(count)} to delete ${count === 1 ? 'it' : 'them'}`,
  deleteSubmit: 'Begin to delete',

  anew: 'Delete it and make it anew…',
  anewTitle: 'Delete it and make it anew?',
  anewText: 'It is made again with the same hashes, so phones keep their password. Its Id changes, and phones are not registered until their next refresh. A journal makes sure that it is made again, also after a power cut.',
  anewYes: 'Delete it and make it anew'
}
