/** Step 5, part 2: set up the phone. */

export const phone = {
  otherTitle: 'Enter these settings in the phone',
  otherLead: 'Your phone may use other names. Common ones are shown below each name.',
  otherPhones: 'Other phones',
  otherHints: [
    'Enter the user name, password, and realm where the phone asks for account, password, and SIP server or domain.',
    'If there’s one field for the server, enter the registrar (or the realm, if no registrar is shown) and the port, as host:port. The usual 5060 is rarely right here.',
    'If the phone asks for an authentication name, enter the user name again.',
    'Choose the transport shown above. If the phone doesn’t register, turn off SRTP and ICE.',
    'If it still doesn’t register, look for SIP ALG in the router and turn it off.'
  ],
  chooseFirst: 'Choose your phone to continue',
  next: 'Continue: wait for your phone'
}
