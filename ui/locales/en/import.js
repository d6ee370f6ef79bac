/** The texts of an import and of the desk's jobs, in English. */
const number = (/** @type {number} */ count) => count.toLocaleString('en')
const plural = (/** @type {number} */ count, /** @type {string} */ one, /** @type {string} */ many) =>
  `${number(count)} ${count === 1 ? one : many}`

export const importing = {
  title: 'Import SIP credentials',
  open: 'Import…',
  back: 'Back to the desk',
  lead: 'From a CSV file, as spreadsheets save it. First you see a plan of every row; nothing is sent before you start it.',
  columns: 'The first line names the columns, in any order: user name, and where you have them domain, realm, password (or Hash1 and Hash1b), voice application ID. A row without a password gets one made.',
  choose: 'Choose a file…',
  chooseAnother: 'Choose another file…',
  drop: 'Or drop the file here.',
  dropOne: 'Several files were dropped. Drop one at a time.',
  again: 'Read it again',
  sample: 'Save a file to start from…',
  savePlan: 'Save the plan…',
  saved: (/** @type {string} */ path) => `Saved as ${path}.`,
  reading: 'Reading the file.',
  readCancel: 'Nothing was sent.',
  progressBar: 'Share of the file that is read',
  planTitle: (/** @type {string} */ file) => `Plan for ${file}`,
  comparedAt: (/** @type {string} */ when) => `Compared with what the account had ${when}.`,
  find: 'Find in the plan',
  findHint: 'A part of a user name, domain, realm or remark.',
  filter: 'Show',
  rowsAll: 'All rows',
  rowsCreate: 'To make',
  rowsChange: 'To change',
  rowsRight: 'Already right',
  rowsRefused: 'Refused',
  listLabel: 'Rows of the plan',
  keys: 'Arrow keys, Page Up, Page Down, Home and End move through the rows.',
  columnLine: 'Line',
  columnOutcome: 'Plan',
  columnName: 'User name',
  columnRealm: 'Realm',
  columnDetail: 'Remarks',
  none: '–',
  empty: 'No row of the file fits.',
  passwordsTitle: 'Where made passwords go',
  passwordsText: (/** @type {number} */ count) =>
    `For ${plural(count, 'row', 'rows')} a password is made. The file with them is chosen now: each password is in it before its SIP credential exists. Keep it safe, and delete it once the phones have theirs.`,
  choosePasswords: 'Choose the passwords file…',
  passwordsChosen: (/** @type {string} */ path) => `They go to ${path}.`,
  start: 'Start',
  changeTitle: (/** @type {number} */ count) => `Change ${count.toLocaleString('en')} SIP ${count === 1 ? 'credential' : 'credentials'}?`,
  changeText: 'A phone whose password changes stops working at its next refresh, until you enter the new one in it.',
  changeConfirm: 'Start the import',
  starting: 'Starting.'
}

export const jobs = {
  label: 'Jobs',
  works: {
    import: 'Importing',
    new_passwords: 'Giving new passwords to',
    move: 'Moving',
    delete: 'Deleting'
  },
  running: (/** @type {string} */ works, /** @type {number} */ rows, /** @type {readonly string[]} */ parts) =>
    `${works} ${plural(rows, 'SIP credential', 'SIP credentials')}: ${parts.join(', ')}`,
  parts: {
    made: (/** @type {number} */ count) => `${number(count)} made`,
    replaced: (/** @type {number} */ count) => `${number(count)} changed`,
    moved: (/** @type {number} */ count) => `${number(count)} moved`,
    deleted: (/** @type {number} */ count) => `${number(count)} deleted`,
    refused: (/** @type {number} */ count) => `${number(count)} refused`,
    toGo: (/** @type {number} */ count) => `${number(count)} to go`
  },
  safe: 'Safe to close: it goes on where it stopped.',
  rate: (/** @type {number} */ rate) => `${rate >= 10 ? number(Math.round(rate)) : rate.toFixed(1)} a second`,
  left: (/** @type {number} */ seconds) => seconds < 90
    ? `about ${plural(Math.max(1, Math.round(seconds)), 'second', 'seconds')} left`
    : `about ${plural(Math.round(seconds / 60), 'minute', 'minutes')} left`,
  pausing: 'Pausing after the requests that are on their way.',
  progressBar: 'Share of the job that is done',
  pause: 'Pause',
  goOn: 'Go on',
  otherPlace: 'Choose another place and go on…',
  end: 'End it here',
  endTitle: 'End this job here?',
  endText: 'What was sent is looked up, and nothing more is sent. The result file says which rows were done and which were not.',
  endYes: 'End the job',
  result: 'Save the result file…',
  forget: 'Done',
  saved: (/** @type {string} */ path) => `Saved as ${path}.`,
  passwordsIn: (/** @type {readonly string[]} */ paths) => paths.length < 2
    ? `The passwords that were made are in ${paths.join('')}.`
    : `The passwords that were made are in ${paths.join(', later ones in ')}. Where a name is in more than one, the last is right.`,
  nexts: {
    import: 'Save the result file: it has a line for each row. Then give each phone its user name, its realm and its password.',
    new_passwords: 'Save the result file: it has a line for each row. Then give each phone its new password.',
    move: 'Save the result file: it says what became of it. Phones register again at their next refresh.',
    delete: 'Save the result file: it has a line for each row.'
  }
}
