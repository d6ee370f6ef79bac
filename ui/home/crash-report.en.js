/** The report of a crash. */

export const crash = {
  title: 'Part of the app crashed',
  text: 'A report was saved on this computer. It says which version crashed, where in the app, and when. It contains no secrets and nothing you entered, and the app doesn’t send it to anyone. You can send it to whoever maintains the app.',
  show: 'Show the report',
  report: 'Report',
  save: 'Save the report…',
  delete: 'Delete the report',
  saving: 'Saving…',
  saved: (/** @type {string} */ path) => `Saved as ${path}`,
  deleting: 'Deleting…'
}
