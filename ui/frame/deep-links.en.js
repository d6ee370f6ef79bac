/** What reaches the window from outside. */

export const deepLinks = {
  practiceTitle: 'Open practice?',
  practiceText: 'A link that was opened in another program asks for it.',
  practiceNote: 'What is open here is left as it is: you can go back to it from Home. Work that runs is stopped first.',
  practiceYes: 'Open practice'
}
