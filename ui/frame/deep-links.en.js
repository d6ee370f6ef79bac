/** What reaches the window from outside. */

export const deepLinks = {
  practiceTitle: 'Open the practice account?',
  practiceText: 'A link that was opened in another program leads to the practice account.',
  practiceNote: 'What’s open here stays as it is, and you can go back to it from Home. Anything still running is stopped first.',
  practiceYes: 'Open the practice account'
}
