/** A password that the app doesn’t know: it’s entered, or replaced by a new one. */

export const knownPassword = {
  unknownTitle: 'The app doesn’t know this credential’s password',
  unknownText: 'Bandwidth stores only hashes of it (codes made from the password). Enter the password that the phone uses, or generate a new one.',
  typePassword: 'The phone’s password',
  typePasswordButton: 'Continue with this password',
  typing: 'Comparing it with the stored hashes…',
  makeNew: 'Generate a new password…',
  makingNew: 'Generating and saving a new password…',
  newTitle: 'Replace the password with a new one?',
  newText: 'A phone with the old password stops working the next time it registers, until you enter the new one in it.',
  newConfirm: 'Replace the password'
}
