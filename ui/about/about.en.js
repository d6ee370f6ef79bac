/** The page about the app. */
import { number, plural } from '../texts/numbers.en.js'

export const about = {
  title: 'About this app',
  lead: 'Sets up phones with Bandwidth’s SIP Registrar, and finds out why a phone won’t register.',
  version: 'Version',
  license: 'License',
  ownLicense: 'MIT or Apache-2.0, as you like',
  folder: 'Data folder',
  licensesTitle: 'Licenses',
  licensesText: 'The app includes software by others. Here are the licenses of all parts, and you can read them offline.',
  find: 'Find a part or a word in a license',
  found: (/** @type {number} */ found, /** @type {number} */ all) => found === all
    ? plural(all, { one: '1 license', other: `${number(all)} licenses` })
    : plural(all, { one: `${number(found)} of 1 license`, other: `${number(found)} of ${number(all)} licenses` })
}
