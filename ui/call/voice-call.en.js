/** Step 6: Bandwidth rings the registered phone. */

export const voiceCall = {
  title: 'Let Bandwidth ring the phone',
  lead: 'Bandwidth calls the phone that you set up, through its Voice API. The ringing is the proof. The account needs a voice application, and the sign-in the role ‘HTTP Voice’, which is another one than ‘SIP Credentials’.',
  missing: 'The addresses that you signed in with name no Voice API, so Bandwidth cannot be asked to ring the phone from here. Call its number from another phone instead.',
  seen: 'The phone was seen',
  registered: 'My phone is registered at the moment',
  registeredHint: 'The phone must be registered, otherwise nothing rings.',
  sampleText: 'These open nothing but the practice Voice API.',
  from: 'From',
  fromHint: 'A number of your Bandwidth account, with + and country code.',
  application: 'Voice application ID',
  applicationHint: 'Of the application that the number belongs to, from the Bandwidth App.',
  answerUrl: 'Answer address',
  answerUrlHint: 'Begins with https://. The Voice API makes no call without one: what is heard after the answer comes from there. With a made-up address Bandwidth ends the call once it is answered (‘callback-error’), and the phone has rung all the same.',
  target: 'Whom Bandwidth calls',
  address: 'Where the request goes',
  costText: 'Bandwidth may charge for a call to the phone. It lasts a few seconds once it is answered. You are asked only once.',
  ring: 'Ring the phone',
  again: 'Ring again',
  ringing: 'Asking Bandwidth to ring the phone…',
  notes: 'What Bandwidth says'
}
