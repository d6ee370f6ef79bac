/** Step 7: the summary. */

export const finish = {
  title: 'All set',
  titleOpen: 'Finish',
  lead: 'Everything on one page, without secrets. Save or print it for whoever looks after the phone.',
  values: 'What was set up',
  checks: 'What was checked',
  noChecks: 'Nothing was checked.',
  leftOpen: 'Still to do',
  save: 'Save the setup sheet…',
  print: 'Print…',
  saved: (/** @type {string} */ path) => `Saved as ${path}`,
  notSaved: 'Nothing was saved.',
  another: 'Set up another phone',
  done: 'Back to home'
}
