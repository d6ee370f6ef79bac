/** The printable setup sheet, for one phone or many. */
import { number, plural } from '../texts/numbers.en.js'

export const setupSheet = {
  save: 'Save the setup sheet…',
  saveMany: 'Save the setup sheets…',
  password: 'Include the password',
  passwords: 'Include the generated passwords',
  passwordHint: 'In a box at the bottom that can be folded back or cut off.',
  saved: (/** @type {string} */ path) => `Saved as ${path}`,
  savedMany: (/** @type {number} */ pages, /** @type {string} */ path) => plural(pages, { one: `1 page saved as ${path}`, other: `${number(pages)} pages saved as ${path}` }),
  notSaved: 'Nothing was saved.',

  title: 'Setup sheets',
  lead: (/** @type {number} */ pages) => plural(pages, { one: '1 printable page', other: `${number(pages)} printable pages, one for each phone` }),
  phone: 'For which phone',
  other: 'Any phone, with the common field names',
  choose: 'Choose the phone…',
  writing: 'Writing the setup sheets…',
  cancel: 'Canceling writes no file.'
}
