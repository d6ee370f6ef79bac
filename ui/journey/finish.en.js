/** Step 7: the summary. */

export const finish = {
  title: 'All set',
  titleOpen: 'Finish',
  lead: 'Everything on one page, without secrets. The setup sheet has the phone’s own field names, for whoever looks after it.',
  values: 'What was set up',
  checks: 'What was checked',
  noChecks: 'Nothing was checked.',
  leftOpen: 'Still to do',
  print: 'Print…',
  another: 'Set up another phone',
  done: 'Back to home'
}
