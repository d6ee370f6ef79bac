/** The page about the app. */

export const about = {
  title: 'About SIP Registrar Setup',
  lead: 'Takes a Bandwidth account from nothing to a phone that registers with the SIP Registrar, and finds out why a phone does not.',
  version: 'Version',
  license: 'License',
  ownLicense: 'MIT or Apache-2.0, as you like',
  folder: 'Kept in',
  licensesTitle: 'Licenses',
  licensesText: 'The app is made of software that others gave away. Each part asks that its license comes along: here they are, also without a network.',
  find: 'Find a part or a word of a license',
  found: (/** @type {number} */ found, /** @type {number} */ all) => found === all
    ? `${all} texts.`
    : `${found} of ${all} texts.`
}
