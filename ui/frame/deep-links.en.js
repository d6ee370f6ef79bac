/** What reaches the window from outside. */

export const deepLinks = {
  practiceTitle: 'Open practice?',
  practiceText: 'A link that was opened in another program leads to practice.',
  practiceNote: 'What’s open here stays as it is, and you can go back to it from Home. Anything still running is stopped first.',
  practiceYes: 'Open practice'
}
