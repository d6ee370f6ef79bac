/** Step 5, part 3: wait for the phone. */

export const wait = {
  title: 'Waiting for your phone',
  titleSeen: 'A phone has registered',
  text: 'Enter the settings in the phone. As soon as it registers, you’ll see it here.',
  watch: 'Start waiting',
  stopWatch: 'Stop waiting',
  watching: (/** @type {string} */ time) => `No phone yet after ${time}.`,
  hintsTitle: 'Still nothing? Try these in order',
  pretend: 'Start the practice phone',
  pretending: 'The practice phone is registering with the settings above…',
  next: 'Continue to the test call',
  nextWithout: 'Continue without a phone'
}
