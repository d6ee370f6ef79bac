/** Step 6: Bandwidth rings the registered phone. */

export const voiceCall = {
  title: 'Call from Bandwidth to your phone',
  lead: 'Bandwidth rings the phone you set up. If it rings, the test has worked. You need a number and a voice application in your Bandwidth account, and the role “HTTP Voice” for your sign-in. If you don’t have them, choose another way above.',
  missing: 'The addresses you signed in with don’t include a Voice API, so Bandwidth can’t be asked to ring the phone from here. Call its number from another phone instead.',
  seen: 'Registration',
  registered: 'My phone is registered now',
  registeredHint: 'If the phone isn’t registered, nothing rings.',
  sampleText: 'These only work in the practice account.',
  from: 'From',
  fromHint: 'A number in your Bandwidth account, with + and country code.',
  application: 'Voice application ID',
  applicationHint: 'The application that the number belongs to, from the Bandwidth App.',
  answerUrl: 'Answer address',
  answerUrlHint: 'Don’t have one? Enter https://example.com, and the phone still rings.',
  answerUrlNote: 'With a made-up address, the phone rings all the same. Bandwidth then ends the call once it’s answered (“callback-error”).',
  target: 'Who Bandwidth calls',
  address: 'Where the request goes',
  costText: 'Bandwidth may charge for a call to the phone. It lasts a few seconds once it’s answered. You’re asked only once.',
  ring: 'Call the phone',
  again: 'Call again',
  ringing: 'Asking Bandwidth to ring the phone…',
  notes: 'Notes from Bandwidth'
}
