/**
 * What each fault is called, what the room sees of it, and how the room gets out of it.
 *
 * @import * as Wire from '../ipc/types.js'
 */

/** @typedef {{ name: string, sees: string, out: string }} FaultTexts */

/** @type {Record<Wire.Fault, FaultTexts>} */
export const faults = {
  wrong_secret: {
    name: 'Wrong client secret',
    sees: 'At sign-in: “Bandwidth didn’t accept the client ID and secret.”',
    out: 'Compare the secret letter by letter, or create a new one.'
  },
  role_missing: {
    name: 'Role missing',
    sees: 'At sign-in: “Your sign-in works, but the role ‘SIP Credentials’ is missing.”',
    out: 'Ask an administrator to add the role.'
  },
  account_not_enabled: {
    name: 'Account not enabled',
    sees: 'At sign-in: “The account isn’t set up for SIP credentials.”',
    out: 'Ask Bandwidth sales to turn on the SIP Registrar.'
  },
  realm_stuck: {
    name: 'Realm stuck',
    sees: 'A new realm is still being created after a minute.',
    out: 'Wait, refresh the list, and choose the realm once it’s active.'
  },
  realm_failed: {
    name: 'Realm failed',
    sees: 'After a new realm: “Bandwidth couldn’t create the realm.”',
    out: 'Create it again with another name.'
  },
  realm_name_taken: {
    name: 'Realm name taken',
    sees: 'At the new realm: “A realm with this name already exists.”',
    out: 'Use the existing realm, or choose another name.'
  },
  one_refused: {
    name: 'One credential refused',
    sees: 'The first SIP credential of a request fails: its voice application doesn’t exist.',
    out: 'Correct the application ID, or leave it empty, and try again.'
  },
  letter_case_changed: {
    name: 'Letter case changed',
    sees: 'After creating: Bandwidth saved the user name with another first letter.',
    out: 'Enter the user name in the phone exactly as it was saved.'
  },
  hash_capitals: {
    name: 'Hash in capital letters',
    sees: '“The hash was in capital letters, but registrars use lowercase.”',
    out: 'Replace the stored password of reception.'
  },
  hash_domain_added: {
    name: 'Domain added',
    sees: '“The domain phones.example was added, which this credential doesn’t have.”',
    out: 'Replace the stored password of reception.'
  },
  hash_domain_left_out: {
    name: 'Domain left out',
    sees: '“The domain was left out.”',
    out: 'Replace the stored password of anna@phones.example.'
  },
  hash_name_case: {
    name: 'User name in another case',
    sees: '“The user name was Reception, but Bandwidth has reception.”',
    out: 'Replace the stored password of reception.'
  },
  hash_name_in_capitals: {
    name: 'User name in capital letters',
    sees: '“The user name was in capital letters.”',
    out: 'Replace the stored password of reception.'
  },
  hash_newline: {
    name: 'Newline after the password',
    sees: '“A newline followed the password, which the echo command adds.”',
    out: 'Replace the stored password of reception.'
  },
  hashes_swapped: {
    name: 'Hash1 and Hash1b swapped',
    sees: '“The form of the other hash was used.”',
    out: 'Replace the stored password of reception.'
  },
  hash_other_letters: {
    name: 'Another Unicode form',
    sees: '“The password’s letters were in another Unicode form.”',
    out: 'Replace the stored password of reception.'
  },
  hash_other_realm: {
    name: 'Another realm of the account',
    sees: '“The realm was …, another realm of this account.” Create a second realm first.',
    out: 'Replace the stored password of reception.'
  },
  hash_realm_in_capitals: {
    name: 'Realm in capital letters',
    sees: '“The realm was in capital letters.”',
    out: 'Replace the stored password of reception.'
  },
  hash_short_realm: {
    name: 'Short name of the realm',
    sees: '“The realm was office, the short name, not the full name.”',
    out: 'Replace the stored password of reception.'
  },
  hash_spaces_dropped: {
    name: 'Spaces dropped',
    sees: '“The spaces around the password were left out.”',
    out: 'Remove the spaces around the password.'
  },
  hash_space_behind: {
    name: 'Space after the password',
    sees: '“A space followed the password.”',
    out: 'Replace the stored password of reception.'
  },
  hash_space_before: {
    name: 'Space before the password',
    sees: '“A space came before the password.”',
    out: 'Replace the stored password of reception.'
  },
  hash_table_form: {
    name: 'Form of the guide’s table',
    sees: '“The form was user:realm:realm:password, which no registrar uses.”',
    out: 'Replace the stored password of reception.'
  },
  hash_windows_letters: {
    name: 'Windows-1252 letters',
    sees: '“The password’s letters were encoded as Windows-1252, not as UTF-8.”',
    out: 'Replace the stored password of reception.'
  },
  hash_windows_newline: {
    name: 'Windows line ending',
    sees: '“A Windows line ending followed the password.”',
    out: 'Replace the stored password of reception.'
  },
  port_closed: {
    name: 'Port closed',
    sees: 'In the test: “Nothing is listening … The port is closed.” Phones lose their connection.',
    out: 'Ask for the registrar’s host and port, and enter them.'
  },
  wrong_realm: {
    name: 'Wrong realm in the challenge',
    sees: 'In the test: “Not checked: the address asked for realm sip.other-company.example.”',
    out: 'Compare the realms, and use the realm’s own address.'
  },
  stale_nonce: {
    name: 'Stale nonce',
    sees: 'In the test: “The registrar rejects each answer as too old as soon as it arrives.”',
    out: 'Try again, then contact Bandwidth support.'
  },
  forbidden: {
    name: 'Forbidden (403)',
    sees: 'In the test: “The registrar doesn’t allow this check (403).”',
    out: 'Ask Bandwidth support whether Registrar is active for the account.'
  },
  unknown_user: {
    name: 'Unknown user (404)',
    sees: 'In the test: “The registrar doesn’t know …” with the user name and realm.',
    out: 'Wait a minute and check again, then compare the user name.'
  },
  interval_too_brief: {
    name: 'Interval too brief (423)',
    sees: 'In a full check: “The registrar asks for registrations of 2 hours (423).”',
    out: 'Check without registering, which proves the credential just as well.'
  },
  unavailable: {
    name: 'Unavailable (503)',
    sees: 'In the test: “The registrar is unavailable at the moment (503).”',
    out: 'Try again after 30 seconds.'
  },
  too_many_contacts: {
    name: 'Too many contacts',
    sees: 'In a full check: the password is accepted, “but it has too many registrations.”',
    out: 'Disconnect a phone that isn’t used.'
  },
  sha256_only: {
    name: 'SHA-256 only',
    sees: 'With a stored hash: “The registrar requires SHA-256.” With a password: refused.',
    out: 'Make sure the address is the registrar’s. Bandwidth’s works with MD5.'
  },
  path_wanted: {
    name: 'Path wanted (421)',
    sees: 'In the test: “The registrar requires a SIP feature (421): path.”',
    out: 'Ask whoever runs the registrar to allow registrations without it.'
  },
  busy: {
    name: 'Busy',
    sees: 'In a test call from this computer: the number “is busy.”',
    out: 'Call again later, or call another number.'
  },
  no_answer: {
    name: 'No answer',
    sees: 'In a test call: it rings for 45 seconds, “but no one answered.”',
    out: 'Ask someone to answer, or call a number that answers by itself.'
  },
  one_way_sound: {
    name: 'One-way sound',
    sees: 'In a test call: the number answered, “but no sound came back.”',
    out: 'Turn off SIP ALG in the router, and let UDP through.'
  },
  packets_lost: {
    name: 'Packets lost',
    sees: 'In a test call: “Sound came back, but the network isn’t good enough.”',
    out: 'Call again over a cable, with nothing else using the network.'
  },
  twilio_error: {
    name: 'Twilio error',
    sees: 'In a call by Twilio: “The Twilio account doesn’t permit calls to this country.”',
    out: 'Allow the country in the Twilio Console.'
  },
  bandwidth_error: {
    name: 'Bandwidth error',
    sees: 'In a call by Bandwidth: “The sign-in … isn’t allowed to use the Voice API.”',
    out: 'Ask an administrator to add the role “HTTP Voice”.'
  },
  sip_alg: {
    name: 'SIP ALG',
    sees: 'Under the network path: “SIP ALG suspected. Came back changed: …”',
    out: 'Turn off SIP ALG in the router.'
  },
  nat: {
    name: 'NAT',
    sees: 'Under the network path: “A router translates addresses.”',
    out: 'Nothing to fix. The phone must register often enough.'
  },
  slow: {
    name: 'Slow',
    sees: 'Every answer takes 2 seconds. Everything waits, and nothing fails.',
    out: 'Wait, or find out what else uses the network.'
  },
  silent: {
    name: 'Silent registrar',
    sees: 'In the test, after 8 seconds: “No answer” or “has stopped answering.”',
    out: 'Compare the port, or try from another network.'
  },
  cut_off: {
    name: 'Cut off in the middle',
    sees: 'At sign-in: “The connection to Bandwidth was interrupted during the answer.”',
    out: 'Try again. The app checks first whether the request was carried out.'
  },
  dns_missing: {
    name: 'Not in DNS yet',
    sees: 'In the test: “This computer’s DNS doesn’t have it yet.”',
    out: 'Check again in a few minutes. Until then, the account’s settings name the address.'
  },
  dns_differs: {
    name: 'DNS answers something else',
    sees: 'In the test: the settings list one port, and this computer’s DNS another.',
    out: 'Enter the port from the settings, and ask whoever runs the DNS.'
  },
  tls_self_signed: {
    name: 'Self-signed certificate',
    sees: 'In a test over TLS: “The certificate … is self-signed.”',
    out: 'Make sure the address is the registrar’s, or test over UDP.'
  },
  too_many_requests: {
    name: 'Too many requests (429)',
    sees: 'At sign-in: “Bandwidth is asking for a pause after too many requests.”',
    out: 'Wait a few seconds and try again.'
  },
  server_error: {
    name: 'Server error (500)',
    sees: 'At sign-in: “Something is wrong with Bandwidth’s service.”',
    out: 'Wait a few minutes, and look at Bandwidth’s status page.'
  },
  html_for_xml: {
    name: 'A web page in place of XML',
    sees: 'At sign-in: “Bandwidth sent something that this app can’t read: a web page.”',
    out: 'Open a web page to see whether the network asks for a sign-in.'
  }
}

/** The faults that a class is shown most, in the order of the journey.
 *
 * @type {readonly Wire.Fault[]}
 */
export const mostUsed = [
  'wrong_secret', 'role_missing', 'realm_stuck', 'hash_newline', 'port_closed', 'forbidden',
  'wrong_realm', 'silent', 'sip_alg', 'busy', 'one_way_sound', 'slow'
]
