/** Step 5, part 1: test the settings from this computer. */

export const test = {
  title: 'Test these settings',
  lead: 'Check the settings from this computer first. If they work here, they’re right, but your phone’s own network can still get in the way.',
  next: 'Continue: choose your phone',
  nextWithout: 'Continue without a passing test'
}
