/** Updates. */

export const update = {
  title: 'Updates',
  text: 'The app never looks by itself and never installs by itself.',
  look: 'Look for updates',
  looking: 'Looking for updates…',
  cancel: 'Canceling changes nothing.',
  off: (/** @type {string} */ version) =>
    `This build does not update itself (version ${version}). Install a newer one from where you got it.`,
  current: (/** @type {string} */ version) => `This is the newest version, ${version}.`,
  found: (/** @type {string} */ version, /** @type {string} */ current) =>
    `Version ${version} is there; this is ${current}. Installing it restarts the app: passwords that are only in memory are typed again.`,
  foundByHand: (/** @type {string} */ version, /** @type {string} */ current, /** @type {string} */ how) =>
    `Version ${version} is available. You have ${current}. ${how}`,
  notes: 'What is new',
  install: 'Install and restart',
  installing: 'Fetching and checking the update…',
  restarts: 'Installed. The app starts again.'
}
