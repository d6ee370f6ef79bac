/** Updates. */

export const update = {
  title: 'Updates',
  text: 'The app never checks for updates or installs them on its own.',
  look: 'Check for updates',
  looking: 'Checking for updates…',
  cancel: 'Canceling changes nothing.',
  off: (/** @type {string} */ version) =>
    `This build doesn’t update itself. You have version ${version}. Install a newer one from where you got it.`,
  current: (/** @type {string} */ version) => `You have the newest version, ${version}.`,
  found: (/** @type {string} */ version, /** @type {string} */ current) =>
    `Version ${version} is available. You have ${current}. Installing it restarts the app, and you’ll have to enter passwords again that aren’t saved.`,
  foundByHand: (/** @type {string} */ version, /** @type {string} */ current, /** @type {string} */ how) =>
    `Version ${version} is available. You have ${current}. ${how}`,
  notes: 'What’s new',
  install: 'Install and restart',
  installing: 'Downloading and verifying the update…',
  restarts: 'Installed. The app is restarting.'
}
