/** The support desk's jobs. */
import { decimal, list, number, plural } from '../texts/numbers.en.js'

export const jobs = {
  label: 'Jobs',
  running: {
    import: (/** @type {number} */ rows, /** @type {string} */ parts) => plural(rows, {
      one: `Importing 1 SIP credential: ${parts}`,
      other: `Importing ${number(rows)} SIP credentials: ${parts}`
    }),
    new_passwords: (/** @type {number} */ rows, /** @type {string} */ parts) => plural(rows, {
      one: `Replacing the password of 1 SIP credential: ${parts}`,
      other: `Replacing the passwords of ${number(rows)} SIP credentials: ${parts}`
    }),
    move: (/** @type {number} */ rows, /** @type {string} */ parts) => plural(rows, {
      one: `Moving 1 SIP credential: ${parts}`,
      other: `Moving ${number(rows)} SIP credentials: ${parts}`
    }),
    delete: (/** @type {number} */ rows, /** @type {string} */ parts) => plural(rows, {
      one: `Deleting 1 SIP credential: ${parts}`,
      other: `Deleting ${number(rows)} SIP credentials: ${parts}`
    })
  },
  titled: (/** @type {string} */ title, /** @type {string} */ sentence) => `${title}: ${sentence}`,
  parts: {
    made: (/** @type {number} */ count) => `${number(count)} created`,
    replaced: (/** @type {number} */ count) => `${number(count)} changed`,
    moved: (/** @type {number} */ count) => `${number(count)} moved`,
    deleted: (/** @type {number} */ count) => `${number(count)} deleted`,
    refused: (/** @type {number} */ count) => `${number(count)} refused`,
    toGo: (/** @type {number} */ count) => `${number(count)} to go`
  },
  list: (/** @type {readonly string[]} */ parts) => list(parts),
  safe: 'You can close the app. The job can continue where it stopped.',
  rate: (/** @type {number} */ rate) => `${rate >= 10 ? number(Math.round(rate)) : decimal(rate)} per second`,
  left: (/** @type {number} */ seconds) => {
    const whole = Math.max(1, Math.round(seconds))
    const minutes = Math.round(seconds / 60)
    return seconds < 90
      ? plural(whole, { one: 'about 1 second left', other: `about ${number(whole)} seconds left` })
      : plural(minutes, { one: 'about 1 minute left', other: `about ${number(minutes)} minutes left` })
  },
  pausing: 'Pausing after the current requests…',
  progressBar: 'Job progress',
  pause: 'Pause',
  goOn: 'Continue',
  otherPlace: 'Choose another folder…',
  end: 'Stop the job…',
  endTitle: 'Stop this job?',
  endText: 'The app looks up what was already sent, and sends nothing more. The result file says which rows were done and which weren’t.',
  endYes: 'Stop the job',
  sheets: 'Save setup sheets…',
  result: 'Save the result file…',
  forget: 'Close',
  saved: (/** @type {string} */ path) => `Saved as ${path}`,
  passwordsIn: (/** @type {readonly string[]} */ paths) => paths.length < 2
    ? `The generated passwords are in ${paths.join('')}`
    : `The generated passwords are in these files, oldest first: ${list(paths)}. If a name is in more than one, the last one is right.`,
  nexts: {
    import: 'Save the result file, which has a line for each row. Then enter the user name, realm, and password in each phone.',
    new_passwords: 'Save the result file, which has a line for each row. Then enter the new password in each phone.',
    move: 'Save the result file, which says what happened. Phones register again at their next refresh.',
    delete: 'Save the result file, which has a line for each row.'
  }
}
