/** The texts of every screen but Home, in English. */
import { about } from '../about/about.en.js'
import { accounts } from '../accounts/accounts.en.js'
import { activity } from '../activity/activity.en.js'
import { call, localCall } from '../call/call.en.js'
import { check, messageChart, question } from '../check/check.en.js'
import { credential } from '../journey/credential.en.js'
import { credentials } from '../support-desk/tasks/tasks.en.js'
import { desk } from '../support-desk/support-desk.en.js'
import { finish } from '../journey/finish.en.js'
import { importing } from '../import/import.en.js'
import { jobs } from '../support-desk/jobs.en.js'
import { many } from '../support-desk/tasks/many.en.js'
import { phoneNotes } from '../phones/notes.en.js'
import { phones } from '../phones/phones.en.js'
import { prepare } from '../journey/prepare.en.js'
import { qrCode } from '../phones/qr-code.en.js'
import { realm } from '../journey/realm.en.js'
import { realms } from '../realms/realms.en.js'
import { knownPassword } from '../parts/known-password.en.js'
import { phone } from '../journey/phone.en.js'
import { settings } from '../parts/settings-table.en.js'
import { setupSheet } from '../parts/setup-sheet.en.js'
import { test } from '../journey/test.en.js'
import { wait } from '../journey/wait.en.js'
import { voiceCall } from '../call/voice-call.en.js'
import { signIn } from '../journey/sign-in.en.js'
import { update } from '../about/update.en.js'

export const enOthers = {
  about,
  accounts,
  desk,
  credentials,
  activity,
  importing,
  jobs,
  many,
  phones,
  phoneNotes,
  qrCode,
  prepare,
  signIn,
  realm,
  realms,
  credential,
  check,
  messageChart,
  question,
  knownPassword,
  settings,
  setupSheet,
  test,
  phone,
  wait,
  call,
  localCall,
  voiceCall,
  finish,
  update
}

/** @typedef {typeof enOthers} OtherTexts */
