/** The page about the app. */
import { number, plural } from '../texts/numbers.en.js'

export const about = {
  title: 'About this app',
  lead: 'Sets up phones with Bandwidth’s SIP Registrar, and finds out why a phone won’t register.',
  version: 'Version',
  license: 'License',
  ownLicense: 'MIT or Apache-2.0, as you like',
  folder: 'Data folder',
  securityTitle: 'Where your data is kept',
  security: {
    signIns: 'Bandwidth and Twilio secrets',
    signInsText: 'In this computer’s keychain (its store for passwords), if you choose to remember them. Otherwise in memory until you quit.',
    passwords: 'SIP passwords',
    passwordsText: 'In memory until you finish the setup or quit. Bandwidth gets only hashes (codes made from a password). Passwords that an import generates are in the file you choose.',
    rest: 'Everything else',
    restText: 'Accounts, settings, and activity are in the data folder, without secrets. An import’s plan there holds hashes until the import ends. Crash reports stay on this computer.',
    more: 'Learn more',
    moreText: 'SECURITY.md in the app’s repository says what is protected, what isn’t, and how to report a vulnerability.'
  },
  licensesTitle: 'Licenses',
  licensesText: 'The app includes software by others. Here are the licenses of all parts, and you can read them offline.',
  find: 'Find a part or a word in a license',
  found: (/** @type {number} */ found, /** @type {number} */ all) => found === all
    ? plural(all, { one: '1 license', other: `${number(all)} licenses` })
    : plural(all, { one: `${number(found)} of 1 license`, other: `${number(found)} of ${number(all)} licenses` })
}
