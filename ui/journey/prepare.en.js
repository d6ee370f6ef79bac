/** Step 1: before you start. */

export const prepare = {
  title: 'Before you start',
  lead: 'What you need, and who to ask for it. Nothing is checked yet.',
  listLabel: 'What you need',
  account: 'A Bandwidth account',
  accountText: 'You need its account number. It’s in the Bandwidth App, under your company’s name.',
  accountWho: 'Ask whoever manages your company’s Bandwidth account.',
  registrar: 'The registrar, turned on for this account',
  registrarText: 'It’s the server that your phone registers with. Bandwidth turns it on for each account.',
  registrarWho: 'Ask Bandwidth sales. This message says what you need:',
  salesText: 'Message for Bandwidth sales',
  client: 'An API client',
  clientText: 'You need its client ID and client secret. The role “SIP Credentials” is required. The app uses the client to create a realm (the name your phones register under) and a SIP credential (a phone’s user name and password).',
  clientWho: 'Ask your account’s administrator to create one in the Bandwidth App.',
  twilio: 'A Twilio account',
  twilioText: 'Only for the test call. You can skip that step.',
  twilioWho: 'Create one at twilio.com, or ask whoever manages yours for the account SID and an auth token or API key.',
  port: 'The registrar’s port',
  portText: 'The app finds it. If it can’t, ask Bandwidth support with this message:',
  portWho: 'Nothing to do for now.',
  supportText: 'Message for Bandwidth support',
  copyText: 'Copy the message',
  practice: 'The practice account already has all of this. Continue.',
  next: 'Continue to sign-in'
}
