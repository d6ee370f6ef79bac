/** The texts of the support desk's jobs, in English. */
import { number, plural } from '../texts/numbers.en.js'

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
