/** The report of what broke. */

export const crash = {
  title: 'A part of the app broke',
  text: 'A report of it was written on this computer: which version, where in the app, when. It holds no secret and nothing that you typed, and the app sends it to nobody. You can send it to whoever looks after the app.',
  show: 'Show the report',
  report: 'Report',
  save: 'Save the report',
  delete: 'Delete it',
  saving: 'Saving…',
  saved: (/** @type {string} */ path) => `Saved as ${path}.`,
  deleting: 'Deleting…'
}
