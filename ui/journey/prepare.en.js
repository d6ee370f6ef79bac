/** Step 1: before you start. */

export const prepare = {
  title: 'Before you start',
  lead: 'What you need, and who to ask for it. Go through the list; nothing is checked yet.',
  listLabel: 'What you need',
  account: 'A Bandwidth account',
  accountText: 'You need its account number. It is shown in the Bandwidth App, under your company’s name.',
  accountWho: 'Ask whoever manages your company’s Bandwidth account.',
  registrar: 'The Registrar, activated for this account',
  registrarText: 'Bandwidth switches it on for each account.',
  registrarWho: 'Ask Bandwidth sales. This text says what you need:',
  salesText: 'Text for Bandwidth sales',
  client: 'An API client with the role ‘SIP Credentials’',
  clientText: 'Its client ID and client secret let this app make the realm and the SIP credential.',
  clientWho: 'Ask your account’s administrator to make one in the Bandwidth App.',
  twilio: 'A Twilio account',
  twilioText: 'For the test call only. You can skip that step.',
  twilioWho: 'Make one at twilio.com, or ask whoever manages yours for the account SID and an Auth Token or API key.',
  port: 'The registrar’s port',
  portText: 'Nothing to do: the app finds it. Only if it cannot, ask Bandwidth support with this text:',
  portWho: 'Found by the app',
  supportText: 'Text for Bandwidth support',
  copyText: 'Copy the text',
  practice: 'In practice all of this is there already. Go on.',
  next: 'Next: sign in'
}
